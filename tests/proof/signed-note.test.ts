/**
 * Notes as the log signs them: opened by who should, by nobody else, and with no letter changed.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leafHash } from '../../src/proof/merkle-tree.ts';
import {
  cosign,
  newSigner,
  openCheckpoint,
  readSigner,
  readVerifierKey,
  secretText,
  signCheckpoint,
  verifierKey,
  witnessedAt,
} from '../../src/proof/signed-note.ts';

const log = newSigner('gatehouse/school-1');
const checkpoint = { origin: log.name, size: 42, root: leafHash('a line'), more: ['chain 00'] };
const note = signCheckpoint(checkpoint, log);

describe('a note', () => {
  test('is opened with the key that signed it, also when the keys went through text', () => {
    expect(openCheckpoint(note, log)).toEqual(checkpoint);
    expect(openCheckpoint(note, readVerifierKey(verifierKey(log))!)).toEqual(checkpoint);
    const again = signCheckpoint(checkpoint, readSigner(log.name, secretText(log)));
    expect(again).toBe(note);
  });

  test('is opened by nobody else, and with no letter changed', () => {
    expect(openCheckpoint(note, newSigner(log.name))).toBeUndefined();
    expect(openCheckpoint(note, { ...log, name: 'gatehouse/school-2' })).toBeUndefined();
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.constantFrom('A', '7', '\n', ' ', '='), (at, letter) => {
        const changed = note.slice(0, at) + letter + note.slice(at + 1);
        fc.pre(changed !== note);
        const opened = openCheckpoint(changed, log);
        // The last digits of base64 may carry bits that mean nothing; then the note says the same.
        expect(opened === undefined || JSON.stringify(opened) === JSON.stringify(checkpoint)).toBe(true);
      }),
    );
  });

  test('of any text is opened or not, and never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => openCheckpoint(text, log) === undefined));
    fc.assert(fc.property(fc.string(), (text) => readVerifierKey(text) === undefined));
  });

  test('carries the time at which a witness saw it, and is still the note of the log', () => {
    const witness = newSigner('bureau');
    const seen = cosign(note, witness, 1_700_000_000);
    expect(witnessedAt(seen, witness)).toBe(1_700_000_000);
    expect(openCheckpoint(seen, log)).toEqual(checkpoint);
    expect(witnessedAt(note, witness)).toBeUndefined();
    expect(witnessedAt(seen, newSigner('bureau'))).toBeUndefined();
  });

  test('names keys as published ones are named', () => {
    // The example of the Go package sumdb/note.
    const known = readVerifierKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
    expect(known?.name).toBe('PeterNeumann');
    expect(verifierKey(known!)).toBe('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
    expect(readVerifierKey('PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')).toBeUndefined();
  });
});
