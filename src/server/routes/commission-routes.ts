/**
 * What an installer asks about a zone's wires: their stored curves, and what other limits would have done. It only looks;
 * limits are changed by a command, like everything else.
 */
import { z } from 'zod';
import { wrongLimits } from '../../core/arming/tuning.ts';
import { rehearsable, watchSpans } from '../../core/report/rehearsal.ts';
import { wireGroupOf } from '../../core/site/layout.ts';
import { limitsOf } from '../../core/site/zone-limits.ts';
import type { AlarmKind, Event, SignalLimits, Time } from '../../core/types.ts';
import { unknownZones } from '../../words/refusal-words.ts';
import { rangeWrong, replayRuns } from '../../words/server-words.ts';
import type { World } from '../../world/world.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { Problem, refusal } from '../http/problem.ts';
import { answerInLines } from '../http/progress.ts';
import { ID, TIME_PARAM } from '../report/record-routes.ts';
import { LIMITS, TIME } from './command-schema.ts';
import { wrongLimitsText } from './refusal-detail.ts';

/** A day more than samples are usually kept. */
const SPAN_MAX_MS = 8 * 86_400_000;
/** So far back the arm state of a zone at the beginning is looked for: schedules turn every day, hands within a week. */
const BEFORE_MS = 8 * 86_400_000;
const RECORDS_MAX = 10_000;
const REHEARSALS_A_MINUTE = 30;
const CURVES_A_MINUTE = 300;

interface CurveFilter {
  readonly zone: string;
  readonly from: Time;
  readonly to: Time;
}

/** The wires of a zone and the limits that count there; rejects with the problem when there are none. */
async function wiresOf(gateway: GatewayPort, { zone, from, to }: CurveFilter) {
  const site = gateway.site();
  if (!Object.hasOwn(site.zones, zone)) throw refusal({ why: 'unknown-zone' }, site, unknownZones([zone]));
  const limits = await gateway.read((state) => limitsOf(site, state, zone));
  const group = wireGroupOf(site, zone);
  if (!limits || !group) throw refusal({ why: 'no-wires' }, site);
  if (from >= to || to - from > SPAN_MAX_MS) throw new Problem(422, 'bad-range', rangeWrong);
  return { limits, wires: group.wires.map(({ key }) => ({ device: group.device.id, point: key })) };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The alarms of a zone in the time asked about, and when the zone was watched. */
async function pastOf(gateway: GatewayPort, { zone, from, to }: CurveFilter) {
  const factsOf = async (kind: Event['kind']) =>
    (await gateway.records({
      table: 'events',
      kind,
      from: from - BEFORE_MS,
      to,
      limit: RECORDS_MAX,
    })) as readonly unknown[] as readonly Event[];
  const [alarms, ...told] = await Promise.all([
    gateway.records({ table: 'alarms', from, to, limit: RECORDS_MAX }),
    factsOf('zone-armed'),
    factsOf('walk-started'),
    factsOf('walk-ended'),
  ]);
  const facts = told.flat().sort((a, b) => a.seq - b.seq);
  return {
    alarms: alarms.flatMap((row) => {
      if (row.zone !== zone || !rehearsable.has(row.kind as AlarmKind)) return [];
      const reason = text(row.reason);
      const raisedAt = Number(row.raisedAt);
      return {
        id: Number(row.id),
        kind: row.kind as AlarmKind,
        raisedAt,
        lastAt: Number(row.lastAt ?? raisedAt),
        ...(reason !== undefined && { reason }),
      };
    }),
    spans: await gateway.read((state) => watchSpans(gateway.site(), state, zone, facts)),
  };
}

/** One rehearsal at a time: it takes a whole processor for seconds. */
function rehearseRoute(app: App, gateway: GatewayPort, world: World): void {
  let running = false;

  async function prepare({ limits: would, ...asked }: CurveFilter & { readonly limits: SignalLimits }) {
    const { limits: now, wires } = await wiresOf(gateway, asked);
    if (wrongLimits(would).length > 0) throw refusal({ why: 'wrong-limits' }, gateway.site(), wrongLimitsText(would));
    return { wires, from: asked.from, to: asked.to, now, would, past: await pastOf(gateway, asked) };
  }

  app.post(
    '/api/rehearse',
    {
      config: { ask: 'rehearse', rateLimit: { max: REHEARSALS_A_MINUTE, timeWindow: 60_000 } },
      schema: {
        summary:
          'What other limits would have done in a zone. Changes nothing. Answers application/x-ndjson: lines {"done","total"} while it runs, last {"result"} or {"error":{"zh","en"}}',
        body: z.strictObject({ zone: ID, limits: LIMITS, from: TIME, to: TIME }),
      },
    },
    async (request, reply) => {
      if (running) throw new Problem(409, 'running', replayRuns, 3);
      running = true;
      try {
        const query = await prepare(request.body);
        return answerInLines(
          reply,
          (say, signal) => gateway.rehearse(query, (done, total) => say({ done, total }), signal),
          {
            failed: (error) => world.log.error('stored samples could not be replayed', { error }),
            over: () => {
              running = false;
            },
          },
        );
      } catch (error) {
        running = false;
        throw error;
      }
    },
  );
}

const COLUMNS = z.array(z.array(z.array(z.number()))).describe('by wire, lowest first: [from, to, low, high, last]');

function curveRoute(app: App, gateway: GatewayPort): void {
  app.get(
    '/api/curves',
    {
      config: { ask: 'samples', rateLimit: { max: CURVES_A_MINUTE, timeWindow: 60_000 } },
      schema: {
        summary:
          'Stored samples of the wires of a zone as columns that keep every peak, and the bases the detector had for them',
        querystring: z.strictObject({
          zone: ID,
          from: TIME_PARAM,
          to: TIME_PARAM,
          columns: z.coerce.number().int().min(10).max(2_000).default(600),
        }),
        response: { 200: z.object({ wires: COLUMNS, bases: COLUMNS }) },
      },
    },
    async ({ query }) => {
      const { limits, wires } = await wiresOf(gateway, query);
      const { from, to, columns } = query;
      const drawn = await gateway.curves({ wires, limits, from, to, columns });
      const copy = (all: typeof drawn.wires) => all.map((curve) => curve.map((column) => [...column]));
      return { wires: copy(drawn.wires), bases: copy(drawn.bases) };
    },
  );
}

export function commissionRoutes(app: App, gateway: GatewayPort, world: World): void {
  rehearseRoute(app, gateway, world);
  curveRoute(app, gateway);
}
