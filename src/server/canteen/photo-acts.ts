/**
 * Acts that bring a photograph: what may be said in a request for one, and how it is given. Who may is judged before the photograph is looked
 * at, which is by its bytes; it is kept before the fact.
 */
import { z } from 'zod';
import { may } from '../../core/act/act-roles.ts';
import type { Command } from '../../core/types.ts';
import type { World } from '../../world/world.ts';
import type { GatewayPort } from '../gateway-port.ts';
import { problems } from '../http/problem.ts';
import { giveCommand } from '../routes/api.ts';
import { keepPhoto, PHOTO_BYTES, userKey, walkerOf } from '../routes/point-routes.ts';

const ACTS_A_MINUTE = 60;

export const ONE_LINE = z
  .string()
  .max(200)
  .regex(/^[^\p{Cs}\p{Cc}]*$/u, 'expected one line of text without control characters');
export const NUMBER = z
  .string()
  .regex(/^\d{1,16}$/, 'expected digits only')
  .transform(Number);
export const OFFENCE = z.enum([
  ...(['dress', 'hygiene', 'pests', 'food', 'sample', 'storage', 'equipment'] as const),
  ...(['fire-safety', 'structure', 'other'] as const),
]);
/** Of what was put right. */
export const ANSWERED = z.strictObject({ rectification: NUMBER, text: ONE_LINE });
export const DONE = { 200: z.object({ done: z.literal(true) }) };

/** The options of a route that takes one, for whoever may ask for `ask`. */
export const acting = (ask: 'canteen' | 'own-ledger', summary: string) => ({
  config: { ask, rateLimit: { max: ACTS_A_MINUTE, timeWindow: 60_000, keyGenerator: userKey } },
  bodyLimit: PHOTO_BYTES,
  summary: `${summary}; a photograph may come as application/octet-stream`,
});

/** Gives a command with the photograph that came along; a wall gives none. Rejects with a Problem. */
export const photographed =
  (gateway: GatewayPort, world: World) =>
  async (request: Parameters<typeof walkerOf>[0] & { readonly body?: unknown }, command: Command) => {
    const user = walkerOf(request);
    if (!may(user.role, command.do)) throw problems.right();
    const photo = await keepPhoto(gateway, request.body);
    await giveCommand(gateway, world, user, { ...command, ...photo } as Command);
    return { done: true as const };
  };
