/**
 * The canteen for whoever answers for it: one question for everything its page shows, the acts that bring a photograph, and the pictures that
 * belong to it. Whoever asks sees nothing of fences, patrol and calls for help. A photograph is looked at by its bytes and kept before the fact.
 */
import { z } from 'zod';
import { listRefusal } from '../../core/act/canteen/list-act.ts';
import { canteenView } from '../../core/canteen/canteen-view.ts';
import { sensorsNow } from '../../core/sensor/sensor-view.ts';
import { localDay, timeOf } from '../../core/site/calendar.ts';
import type { Refusal, Time } from '../../core/types.ts';
import { refusals } from '../../words/refusal-words.ts';
import type { World } from '../../world/world.ts';
import { sessionOf } from '../auth/authorization.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { Problem, problems } from '../http/problem.ts';
import { onlineOf } from '../report/online-routes.ts';
import { ID, TIME_PARAM } from '../report/record-routes.ts';
import { CAMERA, EVIDENCE, type PictureAnswers } from '../routes/picture-routes.ts';
import { canteenReportRoutes } from './canteen-report-routes.ts';
import { canteenAlarms, isCanteenPicture, isOfCanteen } from './canteen-sight.ts';
import { ownLedgerRoutes } from './own-ledger-routes.ts';
import { ANSWERED, acting, DONE, NUMBER, OFFENCE, ONE_LINE, photographed } from './photo-acts.ts';

/** The rates of a day are reckoned from the journal; more often than this they say nothing new. */
const RATES_MS = 60_000;

interface DayRates {
  readonly cameras: Readonly<Record<string, number | null>>;
  readonly from: Time;
}

/** Today's rate by camera, a share; null where nothing is known. Kept for a minute, and asked once at a time. */
function ratesOfToday(gateway: GatewayPort): () => Promise<DayRates> {
  let kept: { readonly at: Time; readonly rates: Promise<DayRates> } | undefined;
  return () => {
    const now = gateway.now();
    if (kept && Math.abs(now - kept.at) < RATES_MS) return kept.rates;
    const { utcOffsetMin } = gateway.site();
    const from = Math.min(timeOf(localDay(now, utcOffsetMin), 0, utcOffsetMin), now - 1);
    const rates = onlineOf(gateway, { from, by: 'day' })
      .then(({ cameras }) => ({
        from,
        cameras: Object.fromEntries(cameras.map(({ id, whole }) => [id, whole.rate])),
      }))
      .catch(() => ({ from, cameras: {} }));
    kept = { at: now, rates };
    return rates;
  };
}

function viewRoute(app: App, gateway: GatewayPort): void {
  const rates = ratesOfToday(gateway);
  app.get(
    '/api/canteen',
    {
      config: { ask: 'canteen' },
      schema: {
        summary:
          'The canteen as its page shows it: areas with cameras and sensors, today’s alarms, rectifications, lists of today. `x-now` is the gateway’s time; `if-none-match` with the ETag of the last answer saves the rest',
        response: { 200: z.record(z.string(), z.unknown()) },
      },
    },
    async (request, reply) => {
      const { user } = sessionOf(request);
      const [now, site] = [gateway.now(), gateway.site()];
      const day = localDay(now, site.utcOffsetMin);
      const { cameras } = await rates();
      const standing = await gateway.read((state) => sensorsNow(site, state, gateway.live(), now));
      const gauges = standing.filter(({ device }) => isOfCanteen(site, device));
      // A gauge moves without a fact.
      const moved = gauges.map(({ value = '-' }) => value).join('_');
      const etag = `"${gateway.head().seq}-${day}-${encodeURIComponent(user.name)}-${user.role}-${Math.floor(now / RATES_MS)}-${moved}"`;
      reply.header('etag', etag).header('x-now', String(now)).header('cache-control', 'no-store, private');
      if (request.headers['if-none-match'] === etag) return reply.code(304 as 200).send(undefined as never);
      const view = await gateway.read((state) => canteenView(site, state, user, now));
      const alarms = await canteenAlarms(gateway, timeOf(day, 0, site.utcOffsetMin));
      return { ...view, at: now, alarms, gauges, rates: cameras };
    },
  );
}

const refused = (why: Refusal) => new Problem(why === 'unknown-list' ? 404 : 409, why, refusals[why]);

const OPENED = z.strictObject({
  source: z.enum(['hand', 'drill']),
  area: ID.exactOptional(),
  place: ONE_LINE.exactOptional(),
  offence: OFFENCE,
  what: ONE_LINE,
  drill: NUMBER.exactOptional(),
  who: ID,
  due: TIME_PARAM,
});
const LISTED = z.strictObject({
  list: ID,
  item: ID,
  value: z.union([
    z.enum(['true', 'false']).transform((text) => text === 'true'),
    z
      .string()
      .regex(/^-?\d{1,7}(\.\d{1,4})?$/, 'expected yes, no or a number')
      .transform(Number),
  ]),
  note: ONE_LINE.exactOptional(),
});

/** The acts that bring a photograph. */
function photoRoutes(app: App, gateway: GatewayPort, world: World): void {
  const give = photographed(gateway, world);
  const open = acting('canteen', 'Open a rectification that was found by hand or at a drill');
  app.post(
    '/api/canteen/rectifications',
    { ...open, schema: { summary: open.summary, querystring: OPENED, response: DONE } },
    async (request) => give(request, { do: 'open-rectification', ...request.query }),
  );
  const answer = acting('canteen', 'Say what was done about a rectification');
  app.post(
    '/api/canteen/answers',
    { ...answer, schema: { summary: answer.summary, querystring: ANSWERED, response: DONE } },
    async (request) => give(request, { do: 'answer-rectification', ...request.query }),
  );
  const list = acting('canteen', 'Answer an item of a check list of today');
  app.post(
    '/api/canteen/lists',
    { ...list, schema: { summary: list.summary, querystring: LISTED, response: DONE } },
    async (request) => {
      const photo = Buffer.isBuffer(request.body) && request.body.length > 0;
      const [site, now] = [gateway.site(), gateway.now()];
      const why = await gateway.read((state) => listRefusal(site, state, request.query, photo, now));
      if (why) throw refused(why);
      return give(request, { do: 'answer-list', ...request.query });
    },
  );
}

/** The pictures of its cameras and of its ledger, and of nothing else; to others they are not there. */
function pictureRoute(app: App, gateway: GatewayPort, pictures: PictureAnswers): void {
  app.get(
    '/api/canteen/cameras/:id/picture',
    {
      config: { ask: 'canteen' },
      schema: { summary: 'A fresh JPEG of a camera of the canteen, as at /api/cameras/:id/picture', params: CAMERA },
    },
    async (request, reply) => {
      const { id } = request.params;
      if (!isOfCanteen(gateway.site(), id)) throw problems.unknown();
      return pictures.camera(id, request.headers['if-none-match'], reply);
    },
  );
  app.get(
    '/api/canteen/evidence/:name',
    {
      config: { ask: 'canteen' },
      schema: {
        summary: 'A kept picture of a rectification, a check list, or an alarm of a device of the canteen',
        params: EVIDENCE,
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      if (!(await isCanteenPicture(gateway, name, sessionOf(request).user))) throw problems.unknown();
      return pictures.evidence(name, reply);
    },
  );
}

/** Everything under `/api/canteen`. `font`: the setting `reports.font`. */
export async function canteenRoutes(
  app: App,
  gateway: GatewayPort,
  world: World,
  pictures: PictureAnswers,
  font: string | undefined,
): Promise<void> {
  viewRoute(app, gateway);
  pictureRoute(app, gateway, pictures);
  canteenReportRoutes(app, gateway, font, (error) => world.log.error('a report could not be made', { error }));
  // In a scope of their own: nowhere else but with files does a request bring bytes.
  await app.register(async (scope) => {
    const photos = scope as unknown as App;
    photos.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body);
    });
    photoRoutes(photos, gateway, world);
    ownLedgerRoutes(photos, gateway, world);
  });
}
