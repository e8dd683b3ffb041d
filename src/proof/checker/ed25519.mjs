/**
 * The check of an Ed25519 signature (RFC 8032) in plain JavaScript, for browsers that have none of their own. It knows no secret, so it
 * need not take the same time for every input; it must never sign.
 */
import { sha512 } from './sha2.mjs';

/** The field, the order of the group and the curve's constant. */
const p = 2n ** 255n - 19n;
const order = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (x, by = p) => ((x % by) + by) % by;
function power(base, exponent) {
  let [result, square] = [1n, mod(base)];
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % p;
    square = (square * square) % p;
  }
  return result;
}
const inverse = (x) => power(x, p - 2n);
const d = mod(-121665n * inverse(121666n));
const rootOfMinusOne = power(2n, (p - 1n) / 4n);

/** Little-endian. */
function numberOf(bytes) {
  let number = 0n;
  for (let i = bytes.length - 1; i >= 0; i -= 1) number = (number << 8n) | BigInt(bytes[i]);
  return number;
}

/** Points are (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z. */
const zero = [0n, 1n, 1n, 0n];
function add([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = ((y1 - x1) * (y2 - x2)) % p;
  const b = ((y1 + x1) * (y2 + x2)) % p;
  const c = (((2n * t1 * t2) % p) * d) % p;
  const e = b - a;
  const f = 2n * z1 * z2 - c;
  const g = 2n * z1 * z2 + c;
  const h = b + a;
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}
function times(point, factor) {
  let [result, doubled] = [zero, point];
  for (let left = factor; left > 0n; left >>= 1n) {
    if (left & 1n) result = add(result, doubled);
    doubled = add(doubled, doubled);
  }
  return result;
}

/** The point that 32 bytes tell; undefined where they tell none, or not in the one way that is allowed. */
function pointOf(bytes) {
  const number = numberOf(bytes);
  const odd = number >> 255n;
  const y = number & (2n ** 255n - 1n);
  if (y >= p) return undefined;
  const square = mod((y * y - 1n) * inverse(d * y * y + 1n));
  let x = power(square, (p + 3n) / 8n);
  if (mod(x * x) !== square) x = mod(x * rootOfMinusOne);
  if (mod(x * x) !== square || (x === 0n && odd === 1n)) return undefined;
  if ((x & 1n) !== odd) x = p - x;
  return [x, y, 1n, mod(x * y)];
}

function bytesOf([x, y, z]) {
  const one = inverse(z);
  const number = mod(y * one) | ((mod(x * one) & 1n) << 255n);
  return Uint8Array.from({ length: 32 }, (_, i) => Number((number >> BigInt(8 * i)) & 255n));
}

const basePoint = pointOf(Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 0x58 : 0x66)));

/** Whether a signature of 64 bytes over a message is that of a key of 32 bytes. */
export function verifyEd25519(key, message, signature) {
  if (key.length !== 32 || signature.length !== 64) return false;
  const point = pointOf(key);
  const s = numberOf(signature.subarray(32));
  if (!point || s >= order) return false;
  const start = signature.subarray(0, 32);
  const hashed = new Uint8Array(64 + message.length);
  hashed.set(start);
  hashed.set(key, 32);
  hashed.set(message, 64);
  const k = mod(numberOf(sha512(hashed)), order);
  const [x, y, z, t] = point;
  const found = bytesOf(add(times(basePoint, s), times([mod(-x), y, z, mod(-t)], k)));
  return found.every((byte, i) => byte === start[i]);
}
