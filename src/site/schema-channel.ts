/**
 * The shape of the ways to reach people beyond the screens, one schema a kind, and what a channel is made from once the file
 * is checked. The kinds named here are the kinds there are: the compiler holds the record of makers against them, and what is
 * known of a kind beside its shape. Texts given as `error` or message finish the sentence "expected …".
 */

import { z } from 'zod';
import type { ChannelName } from '../core/types.ts';
import { secretUses } from '../words/site/config-tell-words.ts';
import type { Words } from '../words/words.ts';
import { carrierNatures, carriers } from './parts/schema-carrier.ts';
import { chatChannels, chatNatures } from './parts/schema-chat.ts';
import { id, secret, words } from './parts/schema-parts.ts';
import { pushes, pushNatures } from './parts/schema-push.ts';
import { okWhen, sendable } from './parts/schema-request.ts';
import { template } from './parts/schema-template.ts';

const webhook = z.strictObject({
  id,
  title: words,
  protocol: z.literal('webhook'),
  url: z
    .string()
    .regex(/^https?:\/\/[^/\s]+/, 'an address such as https://notify.example/gatehouse')
    .refine(sendable, 'an address without a name and password in it, such as https://notify.example/gatehouse')
    .describe('Messages are posted here as JSON'),
  ...secret,
  timeoutMs: z.int().min(100).max(10_000).default(5_000).describe('Longest wait for the answer, ms'),
  okWhen,
  template: template
    .optional()
    .describe("A request of one's own in place of ours; the receiver sees no more of the message than stands in it"),
});

/** A way to reach people beyond the screens. */
export const channel = z.discriminatedUnion('protocol', [webhook, ...carriers, ...pushes, ...chatChannels]);

type ChannelPart = z.infer<typeof channel>;
/** The kinds of channel a configuration can name. */
export type ChannelKind = ChannelPart['protocol'];
/** What the screens alone show, and what the secret was read from. */
type Aside = 'protocol' | 'title' | 'password' | 'passwordFile';
/** What a channel of a kind is made from: its part of the file, with its secret where its kind has one. `schoolId`: of a webhook, what the district calls the school. */
export type ChannelOptions<K extends ChannelKind = ChannelKind> = {
  [P in K]: { readonly protocol: P; readonly secret: SecretOf<P>; readonly schoolId?: string } & Readonly<
    Omit<Extract<ChannelPart, { protocol: P }>, Aside>
  >;
}[K];
type SecretOf<P extends ChannelKind> = (typeof natures)[P] extends { readonly secret: { readonly must: true } }
  ? string
  : string | undefined;

/** What is known of a kind of channel beside its shape. */
export interface ChannelNature {
  /** What `password` is for, as a part of a sentence; a kind without it has no secret. `must`: nothing goes without. */
  readonly secret?: { readonly use: Words; readonly must: boolean };
  /** When a person is told by it who has no ladder of his own, seconds after the step; without it, he is not. */
  readonly rungSec?: number;
  /** What the core has to know of it. */
  readonly core: Pick<ChannelName, 'each' | 'names' | 'perMin' | 'perHourEach' | 'alarmsOnly'>;
}
/** Every kind of channel. `perMin` is what the other side takes, or a little less. */
export const natures = {
  webhook: {
    secret: { use: secretUses.signedForReceiver, must: true },
    core: {},
  },
  ...carrierNatures,
  ...pushNatures,
  ...chatNatures,
} as const satisfies { readonly [K in ChannelKind]: ChannelNature };
