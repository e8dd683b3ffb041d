/**
 * Checks exported records anywhere, with Node 18 or newer and nothing else: `node verify.mjs [--checkpoint OTHER.note] [FOLDER]`.
 * Ends with 0 when all is as it was signed, with 1 when not, with 2 when it holds but cannot be compared with the other checkpoint.
 * It must write nothing.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkBundle, sentence, Wrong } from './check-bundle.mjs';

/** @type {Record<string, { zh: string, en: string }>} */
const SAID = {};

const wholeMax = 64_000_000;
const spkiStart = Buffer.from('302a300506032b6570032100', 'hex');
const tools = {
  sha256: (...parts) => {
    const hash = createHash('sha256');
    for (const part of parts) hash.update(part);
    return hash.digest();
  },
  verify: (key, message, signature) => {
    const der = Buffer.concat([spkiStart, key]);
    return verify(null, message, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature);
  },
  seen: () => undefined,
};

function whole(path, name) {
  if (!existsSync(path)) throw new Wrong('missing', { name });
  if (statSync(path).size > wholeMax) throw new Wrong('notOurs', { name });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof TypeError) throw new Wrong('notOurs', { name });
    throw error;
  }
}
const bundleOf = (folder) => ({
  text: async (name) => whole(join(folder, name), name),
  chunks: async (name) => {
    if (!existsSync(join(folder, name))) throw new Wrong('missing', { name });
    return createReadStream(join(folder, name), { highWaterMark: 1_048_576 });
  },
});

const [first, second, third] = process.argv.slice(2);
const [other, folder] = first === '--checkpoint' ? [second || '', third] : [undefined, first];
const print = (what, values) => {
  const { zh, en } = sentence(SAID, what, values);
  console.log(`${zh}\n${en}`);
};
try {
  const kept = other === undefined ? undefined : whole(other, other);
  const { good, said } = await checkBundle(bundleOf(folder || dirname(fileURLToPath(import.meta.url))), kept, tools);
  for (const { what, values } of said) print(what, values);
  process.exitCode = good ? 0 : 2;
} catch (error) {
  if (error instanceof Wrong) print(error.what, error.values);
  else print('unreadable', { why: error.message });
  process.exitCode = 1;
}
