/**
 * Which fold a snapshot was made by: a hash over the text of the core as it runs. A program that folds otherwise, by a letter, has another,
 * and makes State from the journal. It must never depend on somebody remembering to raise a number.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

declare global {
  interface ImportMeta {
    /** What the sources were that a built program was made of; the sources themselves do not know it. */
    readonly foldVersion?: string;
  }
}

/** What State is folded by, and written by. */
const sources = ['../../core', './state-text.ts'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
let known = import.meta.foldVersion;

/** Hex, 64 digits. */
export function foldVersion(): string {
  if (known !== undefined) return known;
  const sum = createHash('sha256');
  for (const path of sources.flatMap(filesOf)) {
    const text = readFileSync(path);
    sum.update(`${text.length}\n`).update(text);
  }
  known = sum.digest('hex');
  return known;
}

function filesOf(path: string): string[] {
  if (path.endsWith('.ts')) return [path];
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return names.sort().map((name) => join(path, name));
}
