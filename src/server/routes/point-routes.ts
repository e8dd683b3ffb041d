/**
 * A phone at a checkpoint: its touch, proven by the code that only the place has, and the answers to what is looked at there, each with a
 * photograph where there is one. Whoever asks acts for himself alone. A photograph is looked at by its bytes and kept before the fact.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { answerableTouch, itemRefusal } from '../../core/act/item-act.ts';
import { phoneRefusal } from '../../core/act/phone-act.ts';
import { countedAt } from '../../core/patrol/touches.ts';
import { phonePlaces } from '../../core/phone/phone-places.ts';
import { personOf } from '../../core/site/naming.ts';
import type { Command, Durable, Refusal, Site, State, Time, User } from '../../core/types.ts';
import { codeWrong, photoNeeded, photoWrong } from '../../words/patrol/point-words.ts';
import { refusals } from '../../words/refusal-words.ts';
import type { World } from '../../world/world.ts';
import { sessionOf } from '../auth/authorization.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { Problem, problems } from '../http/problem.ts';
import { placeOfCode, pointCode } from '../point/point-codes.ts';
import { ID, TIME_PARAM } from '../report/record-routes.ts';
import { giveCommand } from './api.ts';

export const PHOTO_BYTES = 2 * 1_024 ** 2;
/** Nobody walks faster, and no code is found by trying. */
const TOUCHES_A_MINUTE = 20;
const ANSWERS_A_MINUTE = 60;
/** A phone whose clock was set meanwhile is not believed; as with readers. */
const aheadMs = 30_000;
/** Sent within this it was told at once. */
const atOnceMs = 60_000;

/** When it was made, by the clock of the phone, of whatever waited in it. */
export const MADE = {
  at: TIME_PARAM.exactOptional().describe('when it was made, by the clock of the phone; of what waited in it'),
  sent: TIME_PARAM.exactOptional().describe('and now, by the same clock'),
  off: z
    .string()
    .regex(/^-?\d{1,13}$/)
    .transform(Number)
    .exactOptional()
    .describe('how far that clock was from the gateway’s when it was made, ms, as the page knew it'),
};
const TOUCH = z.strictObject({
  code: z.string().max(100).describe('as it was read'),
  via: z.enum(['nfc', 'qr']),
  ...MADE,
});
const ANSWER = z.strictObject({
  reader: ID,
  item: ID,
  value: z.union([
    z.enum(['true', 'false']).transform((text) => text === 'true'),
    z
      .string()
      .regex(/^-?\d{1,7}(\.\d{1,4})?$/, 'expected yes, no or a number')
      .transform(Number),
  ]),
  note: z
    .string()
    .max(200)
    .regex(/^[^\p{Cs}\p{Cc}]*$/u, 'expected one line of text without control characters')
    .exactOptional(),
});

/** A JPEG by its first and last bytes; cameras may write a little behind its end. */
function isJpeg(bytes: Buffer): boolean {
  const starts = bytes.length > 100 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
  return starts && bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) > 3;
}

interface Photo {
  readonly picture: string;
  readonly sha256: string;
}

export async function keepPhoto(gateway: GatewayPort, body: unknown): Promise<Photo | undefined> {
  if (!Buffer.isBuffer(body) || body.length === 0) return undefined;
  if (!isJpeg(body)) throw new Problem(422, 'photo-wrong', photoWrong);
  return { picture: await gateway.keepPhoto(body), sha256: createHash('sha256').update(body).digest('hex') };
}

/** Who asks; a wall walks nowhere. */
export function walkerOf(request: Parameters<typeof sessionOf>[0]): User {
  const { user, kiosk } = sessionOf(request);
  if (kiosk) throw problems.right();
  return user;
}

const refused = (why: Refusal) => new Problem(why === 'unknown-checkpoint' ? 404 : 409, why, refusals[why]);

/** No phone of ours has waited since before this; its clock was not set then. Ours. */
const earliest = Date.UTC(2020, 0, 1);

/** When what waited in a phone was made, never after now and not before 2020, and whether the phone's clock cannot be believed. */
export function waitedSince(
  { at, sent, off = 0 }: Pick<z.infer<typeof TOUCH>, 'at' | 'sent' | 'off'>,
  now: Time,
): { readonly sourceTime?: Time; readonly doubt?: true } {
  if (at === undefined || sent === undefined) return {};
  const age = sent - at;
  const doubted = age < 0 || Math.abs(sent + off - now) > aheadMs || now - age < earliest;
  if (!doubted && age <= atOnceMs) return {};
  return { sourceTime: Math.max(earliest, now - Math.max(0, age)), ...(doubted && { doubt: true }) };
}

function touchRoute(app: App, gateway: GatewayPort, world: World, secret: Uint8Array): void {
  app.post(
    '/api/points/touch',
    {
      config: {
        ask: 'point',
        rateLimit: { max: TOUCHES_A_MINUTE, timeWindow: 60_000, keyGenerator: userKey },
      },
      bodyLimit: PHOTO_BYTES,
      schema: {
        summary:
          'Touch a checkpoint with a phone that has read its code; of a QR code with the photograph, sent as application/octet-stream',
        querystring: TOUCH,
        response: { 200: z.object({ reader: z.string() }) },
      },
    },
    async (request) => {
      const user = walkerOf(request);
      const { code, via, ...time } = request.query;
      const site = gateway.site();
      const reader = pointCode.test(code) ? placeOfCode(secret, phonePlaces(site).keys(), code) : undefined;
      if (reader === undefined) throw new Problem(422, 'code-wrong', codeWrong);
      const when = waitedSince(time, gateway.now());
      const why = phoneRefusal(site, user, { reader, ...when }, gateway.now());
      if (why) throw refused(why);
      const photo = await keepPhoto(gateway, request.body);
      if (via === 'qr' && !photo) throw new Problem(422, 'photo-needed', photoNeeded);
      await giveCommand(gateway, world, user, { do: 'touch-by-phone', reader, via, ...when, ...photo });
      return { reader };
    },
  );
}

function answerRoute(app: App, gateway: GatewayPort, world: World): void {
  app.post(
    '/api/points/items',
    {
      config: { ask: 'point', rateLimit: { max: ANSWERS_A_MINUTE, timeWindow: 60_000, keyGenerator: userKey } },
      bodyLimit: PHOTO_BYTES,
      schema: {
        summary:
          'Answer an item of a checkpoint that this person has touched within half an hour; a photograph may come as application/octet-stream',
        querystring: ANSWER,
        response: { 200: z.object({ right: z.boolean() }) },
      },
    },
    async (request) => {
      const user = walkerOf(request);
      const { note, ...asked } = request.query;
      const site = gateway.site();
      const why = await gateway.read((state) => itemRefusal(site, state, user, asked, gateway.now()));
      if (why) throw refused(why);
      const photo = await keepPhoto(gateway, request.body);
      const command: Command = { do: 'check-item', ...asked, ...(note && { note }), ...photo };
      const events = await giveCommand(gateway, world, user, command);
      return { right: !events.some((one) => one.kind === 'item-checked' && !one.right) };
    },
  );
}

/** The points this person may answer at now, each with what was answered since he came. */
function openPoints(site: Site, state: Durable<State>, user: User, now: Time) {
  const person = personOf(site, user);
  if (!person) return [];
  const points = Object.values(site.routes).flatMap(({ checkpoints }) => checkpoints);
  const seen = new Set<string>();
  return points.flatMap(({ reader, title, items = [] }) => {
    const touch = seen.has(reader) ? undefined : answerableTouch(state, reader, person.id, now);
    if (!touch || items.length === 0) return [];
    seen.add(reader);
    const at = countedAt(touch) ?? touch.learned;
    const answers = items.map((item) => {
      const last = state.items.get(`${reader}/${item.id}`);
      const given = last && last.by === user.name && last.at >= touch.learned ? last : undefined;
      return { ...item, ...(given && { given: { value: given.value, right: given.right } }) };
    });
    return [{ reader, title, at, items: answers }];
  });
}

const WORDS = z.object({ zh: z.string(), en: z.string() });
const POINTS = z.object({
  points: z.array(
    z.object({
      ...{ reader: z.string(), title: WORDS, at: z.number() },
      items: z.array(
        z.object({
          ...{ id: z.string(), ask: WORDS, answer: z.enum(['yes-no', 'number']) },
          ...{ min: z.number().optional(), max: z.number().optional(), unit: z.string().optional() },
          due: z.enum(['round', 'month', 'year']),
          given: z.object({ value: z.union([z.boolean(), z.number()]), right: z.boolean() }).optional(),
        }),
      ),
    }),
  ),
});

export const userKey = (request: { readonly session?: { readonly user: User } | undefined; readonly ip: string }) =>
  `user ${request.session?.user.name ?? request.ip}`;

export async function pointRoutes(app: App, gateway: GatewayPort, world: World, secret: Uint8Array): Promise<void> {
  app.get(
    '/api/points/items',
    {
      config: { ask: 'point' },
      schema: {
        summary: 'What this person may answer now: the items of the points touched within half an hour',
        response: { 200: POINTS },
      },
    },
    async (request) => {
      const user = walkerOf(request);
      return { points: await gateway.read((state) => openPoints(gateway.site(), state, user, gateway.now())) };
    },
  );
  // In a scope of their own: nowhere else but with files does a request bring bytes.
  await app.register(async (scope) => {
    const photos = scope as unknown as App;
    photos.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body);
    });
    touchRoute(photos, gateway, world, secret);
    answerRoute(photos, gateway, world);
  });
}
