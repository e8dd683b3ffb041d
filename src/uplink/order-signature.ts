/**
 * An order of the district is signed under its witness key, so that a school takes nothing from whoever sits between them. Both ends ask here.
 * It must never look at a clock: whether an order is still of use is for the school's own rules.
 */
import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { OrderSaid } from '../core/types.ts';
import type { Signer, Verifier } from '../proof/signed-note.ts';
import { type Order, orderText, type SignedOrder } from './protocol.ts';

/** The prefix of DER before the 32 bytes of an Ed25519 public key (RFC 8410). */
const spkiStart = Buffer.from('302a300506032b6570032100', 'hex');
const publicKey = (key: Buffer): KeyObject =>
  createPublicKey({ key: Buffer.concat([spkiStart, key]), format: 'der', type: 'spki' });

/** The order with its signature, Ed25519, base64. */
export function signOrder(order: Order, signer: Pick<Signer, 'secret'>): SignedOrder {
  return { order, signature: sign(null, Buffer.from(orderText(order)), signer.secret).toString('base64') };
}

/** forged: another key signed it, or it was altered on the way; other-school: it is meant for another. */
export type OrderFlaw = 'forged' | 'other-school';

/** The order as it may be handed in, or why it may not: signed by this district for this school. */
export function verifyOrder(
  { order, signature }: SignedOrder,
  { school, witness }: { readonly school: string; readonly witness: Pick<Verifier, 'key'> },
): { readonly order: OrderSaid; readonly signature: string } | { readonly flaw: OrderFlaw } {
  const bytes = Buffer.from(signature, 'base64');
  const sound = bytes.length === 64 && verify(null, Buffer.from(orderText(order)), publicKey(witness.key), bytes);
  if (!sound) return { flaw: 'forged' };
  // Asked after the signature: what a forger says of a school is no news.
  return order.school === school ? { order, signature } : { flaw: 'other-school' };
}
