/**
 * What the district answers, as a school hears it: an order that this version cannot read is left out, and left at the district, so that it stops
 * nothing else. It must never let one word it does not know keep the lines from going on.
 */
import { z } from 'zod';
import { ingestAnswer, pollAnswer, type SignedOrder, signedOrder } from './protocol.ts';

const orders = z.array(z.unknown()).transform((all): SignedOrder[] =>
  all.flatMap((one) => {
    const read = signedOrder.safeParse(one);
    return read.success ? [read.data] : [];
  }),
);

export const heardIngest = ingestAnswer.extend({ orders });
export const heardPoll = pollAnswer.extend({ orders });
