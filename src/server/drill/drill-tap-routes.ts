/**
 * The phone of a class at a drill: how it stands, and the number of those who are there. It comes without a log-in, by a code that nobody
 * guesses and that ends with the drill. It must never say anything of the school but this class's numbers, nor take more than numbers.
 */
import { z } from 'zod';
import { runningDrill } from '../../core/drill/drill-duties.ts';
import { type TapView, tapView } from '../../core/drill/drill-view.ts';
import { agoMaxMs, countBar, sheetNow } from '../../core/drill/drills.ts';
import type { Drill, DrillRefusal } from '../../core/types.ts';
import { codeUnknown } from '../../words/drill/tap-words.ts';
import { refusals } from '../../words/refusal-words.ts';
import { wordsOf } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { Problem } from '../http/problem.ts';
import { keptInTime } from '../routes/api.ts';
import { drillCode, drillCodeBook } from './drill-codes.ts';

/** A school's phones may come from one address: two hundred of them look every five seconds, and tap. Ours. */
const LOOKS_A_MINUTE = 2_600;
const TAPS_A_MINUTE = 600;

const CODE = z.string().regex(drillCode, 'expected the code of a class');
const NUMBER = z.number().int().min(0).max(9_999);
const TAP = z.strictObject({
  code: CODE,
  present: NUMBER.describe('how many are there'),
  due: NUMBER.describe('how many are due today'),
  agoMs: z
    .number()
    .int()
    .min(0)
    .max(agoMaxMs)
    .default(0)
    .describe('how long ago that was counted, of a phone that was out of reach'),
});
const VIEW = { 200: z.record(z.string(), z.unknown()) };

interface FoundClass {
  readonly view: TapView;
  readonly id: string;
  readonly drill?: Drill;
}

/** The class of a code as it stands now. Rejects with a Problem where the code is none, or of a drill before the last. */
function finder(gateway: GatewayPort, secret: Uint8Array): (code: string) => Promise<FoundClass> {
  const book = drillCodeBook(secret);
  return async (code) => {
    const [site, now] = [gateway.site(), gateway.now()];
    const found = await gateway.read((state): FoundClass | undefined => {
      const drills = [...(state.drills as ReadonlyMap<number, Drill>).values()];
      const sheet = sheetNow({ drills: state.drills as ReadonlyMap<number, Drill> });
      const listed = [site.drill?.classes ?? [], ...drills.slice(-2).map(({ classes }) => classes)].flat();
      const of = book(code, [sheet, sheet - 1], [...new Set(listed.map(({ id }) => id))]);
      const view = of && tapView(site, drills, of.sheet, of.id, now);
      const running = runningDrill({ drills: state.drills as ReadonlyMap<number, Drill> });
      return view && { view, id: of.id, ...(view.stage === 'running' && running && { drill: running }) };
    });
    if (!found) throw new Problem(404, 'code-unknown', codeUnknown);
    return found;
  };
}

const refused = (why: DrillRefusal) => new Problem(why === 'count-wrong' ? 400 : 409, why, refusals[why]);
const peer = ({ ip }: { readonly ip: string }) => `drill ${ip}`;

/** The two routes of that phone. */
export function drillTapRoutes(app: App, gateway: GatewayPort, world: World, secret: Uint8Array): void {
  const find = finder(gateway, secret);
  app.get(
    '/api/drill/classes/:code',
    {
      config: { open: true, rateLimit: { max: LOOKS_A_MINUTE, timeWindow: 60_000, keyGenerator: peer } },
      schema: {
        summary: 'How the class of this code stands at the drill. Needs no log-in: the code is the key, for one drill',
        params: z.strictObject({ code: CODE }),
        response: VIEW,
      },
    },
    async ({ params }, reply) => {
      reply.header('cache-control', 'no-store');
      return { ...(await find(params.code)).view };
    },
  );
  app.post(
    '/api/drill/taps',
    {
      config: { open: true, rateLimit: { max: TAPS_A_MINUTE, timeWindow: 60_000, keyGenerator: peer } },
      schema: {
        summary:
          'How many of the class of this code are there. The same again says nothing new, another number puts the one before right. Needs no log-in: the code is the key, for one drill',
        body: TAP,
        response: VIEW,
      },
    },
    async ({ body: { code, ...said } }) => {
      const { id, drill } = await find(code);
      const why = countBar(drill, { ...said, class: id });
      if (!drill || why) throw refused(why ?? 'drill-over');
      try {
        await keptInTime(gateway.tapped({ drill: drill.id, class: id, ...said }), world);
      } catch (error) {
        if (error instanceof Problem) throw error;
        throw new Problem(503, 'not-kept', wordsOf(error), 5);
      }
      return { ...(await find(code)).view };
    },
  );
}
