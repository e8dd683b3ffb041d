/**
 * What a guard's phone sends about an alarm, or a call for help: each with a key of its own, so that what is sent twice is done once,
 * and with its time where it waited in the phone. A photograph is looked at by its bytes and kept before the fact. Whoever asks acts for
 * himself alone.
 */
import { z } from 'zod';
import { maySee, redact } from '../../core/site/sight-facts.ts';
import type { PhoneAsk } from '../../core/types.ts';
import type { World } from '../../world/world.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { giveCommand } from './api.ts';
import { ALARM, NOTE, REASON } from './command-schema.ts';
import { keepPhoto, MADE, PHOTO_BYTES, userKey, waitedSince, walkerOf } from './point-routes.ts';

/** More than a thumb can do, and a queue of a night in a cellar is through in a minute. */
const ACTS_A_MINUTE = 120;

const KEY = z
  .string()
  .regex(/^[\w-]{16,40}$/)
  .describe('drawn by the phone for each tap');
const NUMBER = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(Number)
  .pipe(ALARM)
  .describe('id of the alarm');

const made = { key: KEY, ...MADE };
const ASKED = z.discriminatedUnion('do', [
  z.strictObject({ do: z.enum(['acknowledge', 'accept', 'arrive']), alarm: NUMBER, ...made }),
  z.strictObject({ do: z.literal('dispose'), alarm: NUMBER, reason: REASON, note: NOTE.exactOptional(), ...made }),
  z.strictObject({ do: z.literal('note'), alarm: NUMBER, text: NOTE, ...made }),
  z.strictObject({
    do: z.literal('call-help'),
    silent: z
      .literal('true')
      .transform((): true => true)
      .exactOptional()
      .describe('for the eyes of heads, auditors and administrators alone'),
    ...made,
  }),
]);

export async function phoneRoutes(app: App, gateway: GatewayPort, world: World): Promise<void> {
  await app.register(async (scope) => {
    const photos = scope as unknown as App;
    photos.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body);
    });
    photos.post(
      '/api/phone/acts',
      {
        config: { ask: 'phone', rateLimit: { max: ACTS_A_MINUTE, timeWindow: 60_000, keyGenerator: userKey } },
        bodyLimit: PHOTO_BYTES,
        schema: {
          summary:
            'What a phone says of an alarm, or a call for help, with a photograph as application/octet-stream where there is one. The same key again is answered as before and does nothing',
          querystring: ASKED,
          response: { 200: z.object({ events: z.array(z.record(z.string(), z.unknown())) }) },
        },
      },
      async (request) => {
        const user = walkerOf(request);
        const { key, at: _at, sent: _sent, off: _off, ...rest } = request.query;
        const asked: PhoneAsk = rest;
        const { sourceTime: madeAt, doubt } = waitedSince(request.query, gateway.now());
        // What comes again has its photograph kept already.
        const brings = Buffer.isBuffer(request.body) && request.body.length > 0;
        const known = brings && (await gateway.read((state) => state.usedKeys.has(key)));
        const photo = known ? undefined : await keepPhoto(gateway, request.body);
        const events = await giveCommand(gateway, world, user, {
          ...{ do: 'by-phone', key, asked },
          ...(madeAt !== undefined && { madeAt }),
          ...(doubt && { doubt }),
          ...photo,
        });
        const site = gateway.site();
        return { events: events.filter((e) => maySee(user.role, e)).map((e) => ({ ...redact(user.role, site, e) })) };
      },
    );
  });
}
