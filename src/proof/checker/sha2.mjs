/**
 * SHA-256 and SHA-512 (FIPS 180-4) in plain JavaScript, for a page that is opened as a file: what a browser has of its own is not there
 * everywhere, answers later instead of now, and is slow for a million short lines. It must never be used where Node's own is at hand.
 */

const mask = (1n << 64n) - 1n;
const primes = (count) => {
  const found = [];
  for (let n = 2; found.length < count; n += 1) if (found.every((p) => n % p !== 0)) found.push(n);
  return found;
};
/** The largest whole number whose power is not above a number. */
function root(of, power) {
  let [low, high] = [0n, 1n << 100n];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** power <= of) low = middle;
    else high = middle;
  }
  return low;
}
/** The first bits behind the point of the roots of the first primes: the constants of both hashes. */
const fractions = (count, power, bits) =>
  primes(count).map((p) => root(BigInt(p) << (bits * power), power) & ((1n << bits) - 1n));

const rounds256 = Int32Array.from(fractions(64, 3n, 32n), Number);
const start256 = Int32Array.from(fractions(8, 2n, 32n), Number);
const rounds512 = fractions(80, 3n, 64n);
const start512 = fractions(8, 2n, 64n);

/** The message as a whole number of blocks: one bit, zeros, and its length in bits at the end. */
function padded(message, block, lengthBytes) {
  const size = Math.ceil((message.length + 1 + lengthBytes) / block) * block;
  const bytes = new Uint8Array(size);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setUint32(size - 8, Math.floor(message.length / 2 ** 29));
  view.setUint32(size - 4, (message.length * 8) % 2 ** 32);
  return view;
}

const words = new Int32Array(64);
function block256(state, view, at) {
  for (let i = 0; i < 16; i += 1) words[i] = view.getInt32(at + 4 * i);
  for (let i = 16; i < 64; i += 1) {
    const x = words[i - 15];
    const y = words[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[i] = words[i - 16] + s0 + words[i - 7] + s1;
  }
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const one = (h + s1 + ((e & f) ^ (~e & g)) + rounds256[i] + words[i]) | 0;
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

/** 32 bytes. */
export function sha256(message) {
  const view = padded(message, 64, 8);
  const state = Int32Array.from(start256);
  for (let at = 0; at < view.byteLength; at += 64) block256(state, view, at);
  const out = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => {
    out.setInt32(4 * i, word);
  });
  return new Uint8Array(out.buffer);
}

const turned = (x, by) => (x >> by) | ((x << (64n - by)) & mask);
function block512(state, view, at) {
  const w = Array.from({ length: 16 }, (_, i) => view.getBigUint64(at + 8 * i));
  for (let i = 16; i < 80; i += 1) {
    const s0 = turned(w[i - 15], 1n) ^ turned(w[i - 15], 8n) ^ (w[i - 15] >> 7n);
    const s1 = turned(w[i - 2], 19n) ^ turned(w[i - 2], 61n) ^ (w[i - 2] >> 6n);
    w.push((w[i - 16] + s0 + w[i - 7] + s1) & mask);
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 80; i += 1) {
    const s1 = turned(e, 14n) ^ turned(e, 18n) ^ turned(e, 41n);
    const s0 = turned(a, 28n) ^ turned(a, 34n) ^ turned(a, 39n);
    const one = (h + s1 + ((e & f) ^ (~e & mask & g)) + rounds512[i] + w[i]) & mask;
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) & mask;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) & mask, c, b, a, (one + two) & mask];
  }
  return [a, b, c, d, e, f, g, h].map((value, i) => (state[i] + value) & mask);
}

/** 64 bytes. */
export function sha512(message) {
  const view = padded(message, 128, 16);
  let state = start512;
  for (let at = 0; at < view.byteLength; at += 128) state = block512(state, view, at);
  const out = new DataView(new ArrayBuffer(64));
  state.forEach((word, i) => {
    out.setBigUint64(8 * i, word);
  });
  return new Uint8Array(out.buffer);
}
