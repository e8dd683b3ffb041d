/**
 * The hashes and the check of signatures that the page carries for browsers without them: the vectors of RFC 8032, every kind of signature
 * that has to be refused, and Node's own as the judge of thousands of others.
 */
import { createHash, createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';

type Hash = (message: Uint8Array) => Uint8Array;
const { sha256, sha512 } = (await import(
  new URL('../../src/proof/checker/sha2.mjs', import.meta.url).href
)) as Readonly<Record<'sha256' | 'sha512', Hash>>;
const { verifyEd25519 } = (await import(new URL('../../src/proof/checker/ed25519.mjs', import.meta.url).href)) as {
  verifyEd25519(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
};

const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));
/** RFC 8032, 7.1: tests 1, 2, 3 and SHA(abc). */
const vectors = [
  [
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
  [
    'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf',
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    'dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704',
  ],
] as const;
/** The order of the group, and the field. */
const order = 2n ** 252n + 27742317777372353535851937790883648493n;
const field = 2n ** 255n - 19n;
const number = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
const bytes32 = (value: bigint) => Uint8Array.from(Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse());

describe('SHA-256 and SHA-512', () => {
  test('are Node’s for every length around the ends of blocks', () => {
    for (let length = 0; length < 300; length += 1) {
      const message = randomBytes(length);
      expect(Buffer.from(sha256(message))).toEqual(createHash('sha256').update(message).digest());
      expect(Buffer.from(sha512(message))).toEqual(createHash('sha512').update(message).digest());
    }
    expect(Buffer.from(sha256(Buffer.alloc(1_000_000, 'a'))).toString('hex')).toMatch(/^cdc76e5c9914fb92/);
  });
});

describe('a signature', () => {
  test.each(vectors)('of RFC 8032 by %s holds, and not for another message, key or half', (key, message, signature) => {
    const [k, m, s] = [hex(key), hex(message), hex(signature)];
    expect(verifyEd25519(k, m, s)).toBe(true);
    expect(verifyEd25519(k, Uint8Array.of(...m, 0), s)).toBe(false);
    for (const at of [0, 31, 32, 63]) {
      const changed = Uint8Array.from(s);
      changed[at]! ^= 1;
      expect(verifyEd25519(k, m, changed)).toBe(false);
    }
    const otherKey = Uint8Array.from(k);
    otherKey[0]! ^= 1;
    expect(verifyEd25519(otherKey, m, s)).toBe(false);
  });

  test('is refused in a second form: the same with the order of the group added', () => {
    const [key, message, signature] = vectors[1];
    const s = hex(signature);
    const again = Uint8Array.of(...s.subarray(0, 32), ...bytes32(number(s.subarray(32)) + order));
    expect(verifyEd25519(hex(key), hex(message), again)).toBe(false);
  });

  test('is refused for a key that is no point, or is not written in the one way that is allowed', () => {
    const [, message, signature] = vectors[1];
    const refused = (key: Uint8Array) => expect(verifyEd25519(key, hex(message), hex(signature))).toBe(false);
    refused(bytes32(field + 1n));
    refused(bytes32(field));
    refused(bytes32(1n | (1n << 255n)));
    refused(bytes32(2n));
    refused(new Uint8Array(31));
    refused(new Uint8Array(0));
    // The point of order one would let (identity, 0) stand for every message, were its other spelling taken for a key.
    const everything = Uint8Array.of(...bytes32(1n), ...new Uint8Array(32));
    expect(verifyEd25519(bytes32(field + 1n), hex(message), everything)).toBe(false);
  });

  test.each([0, 32, 63, 65])('of %i bytes is refused', (length) => {
    expect(verifyEd25519(hex(vectors[1][0]), hex('72'), new Uint8Array(length))).toBe(false);
  });

  test('gets the answer that Node gives, whole or with any bit turned', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const spki = publicKey.export({ format: 'der', type: 'spki' });
    const key = Uint8Array.from(spki.subarray(-32));
    for (let i = 0; i < 200; i += 1) {
      const message = randomBytes(i);
      const signature = Uint8Array.from(sign(null, message, privateKey));
      if (i % 2 === 1) signature[Math.floor(i / 2) % 64]! ^= 1 << (i % 8);
      const judged = verify(null, message, createPublicKey({ key: spki, format: 'der', type: 'spki' }), signature);
      expect(judged).toBe(i % 2 === 0);
      expect(verifyEd25519(key, message, signature)).toBe(judged);
    }
  });
});
