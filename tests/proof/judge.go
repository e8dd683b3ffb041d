// A stranger to this house: reads a note and proofs with the libraries of Go's own checksum database, and says what it finds.
// Input: one JSON object on standard input; output: one line, "ok" or why not.
package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type question struct {
	Key, Note, Line              string
	Index                        int64
	Inclusion, Consistency       []string
	OldSize                      int64
	OldRoot                      string
}

func hash(text string) (h tlog.Hash) {
	bytes, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(bytes) != len(h) {
		fail("no hash", err)
	}
	copy(h[:], bytes)
	return h
}

func hashes(texts []string) (all []tlog.Hash) {
	for _, text := range texts {
		all = append(all, hash(text))
	}
	return all
}

func fail(what string, err error) {
	fmt.Println(what, err)
	os.Exit(0)
}

func main() {
	var asked question
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		fail("no question", err)
	}
	verifier, err := note.NewVerifier(asked.Key)
	if err != nil {
		fail("no key", err)
	}
	opened, err := note.Open([]byte(asked.Note), note.VerifierList(verifier))
	if err != nil {
		fail("no note", err)
	}
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		fail("no size", err)
	}
	root := hash(lines[2])
	leaf := tlog.RecordHash([]byte(asked.Line))
	if err := tlog.CheckRecord(hashes(asked.Inclusion), size, root, asked.Index, leaf); err != nil {
		fail("not included", err)
	}
	if err := tlog.CheckTree(hashes(asked.Consistency), size, root, asked.OldSize, hash(asked.OldRoot)); err != nil {
		fail("not consistent", err)
	}
	fmt.Println("ok")
}
