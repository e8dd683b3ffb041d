/**
 * Clips of alarms: played on a page by whoever may see evidence, and taken away by who answers for the school, with a reason. That somebody
 * looked is told as of any kept picture; that one was taken is a fact with its reason, kept before the clip is given.
 */
import { z } from 'zod';
import { localSecond } from '../../core/site/calendar.ts';
import type { Role, Time } from '../../core/types.ts';
import { clipReadme } from '../../words/proof/case-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import { sessionOf } from '../auth/authorization.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { Problem, problems } from '../http/problem.ts';
import { gatherClip } from '../report/case-gather.ts';
import { provedArchive } from '../report/proved-archive.ts';

const EXPORTS_A_MINUTE = 10;
const NAME = z.strictObject({ name: z.string().regex(/^\d{1,16}-\d{1,16}\.mp4$/) });

/** The alarm a clip is of, as its name says. */
const alarmOf = (name: string) => Number(/-(\d+)\.mp4$/.exec(name)?.[1]);

export function clipRoutes(app: App, gateway: GatewayPort): void {
  const clipOf = async (name: string) => {
    const clip = await gateway.clip(name);
    if (!clip) throw problems.unknown();
    return Buffer.from(clip.buffer, clip.byteOffset, clip.byteLength);
  };
  app.get(
    '/api/clips/:name',
    {
      config: { ask: 'evidence' },
      schema: { summary: 'The video of the seconds around an alarm, by the name the alarm carries', params: NAME },
    },
    async ({ params }, reply) => {
      const clip = await clipOf(params.name);
      return reply.header('cache-control', 'no-store, private').type('video/mp4').send(clip);
    },
  );
  app.post(
    '/api/clips/:name/export',
    {
      config: { ask: 'evidence', rateLimit: { max: EXPORTS_A_MINUTE, timeWindow: 60_000 } },
      bodyLimit: 2_048,
      schema: {
        summary:
          'Take a clip away, with the reason why: an archive with the clip, the records that name it, their proofs and the checkers; for heads and administrators',
        params: NAME,
        body: z.strictObject({ reason: z.string().trim().min(2).max(200) }),
      },
    },
    async (request, reply) => {
      const { user, kiosk } = sessionOf(request);
      // One person at the desk does not give pictures of pupils away by himself.
      if (kiosk || (user.role !== 'head' && user.role !== 'admin')) throw problems.right();
      const { name } = request.params;
      const archive = await clipArchive(gateway, user.role, name);
      const what = `/api/clips/${name} (alarm ${alarmOf(name)}): ${request.body.reason}`;
      await gateway.note({ kind: 'exported', by: user.name, what });
      reply.header('content-disposition', `attachment; filename="clip-${alarmOf(name)}.zip"`);
      return reply.header('cache-control', 'no-store, private').type('application/zip').send(archive);
    },
  );
}

/** The clip with what a stranger checks it by. Rejects with a Problem. */
async function clipArchive(gateway: GatewayPort, role: Role, name: string): Promise<Buffer> {
  try {
    const site = gateway.site();
    const { alarm, from, until, raisedAt, clip, signed } = await gatherClip(gateway, role, name);
    const local = (at: Time) => localSecond(at, site.utcOffsetMin);
    const seconds = {
      from: local(from),
      until: until === undefined ? undefined : local(until),
      raised: local(raisedAt),
    };
    const part = { name: `clips/${name}`, bytes: clip.bytes ?? new Uint8Array() };
    const proved =
      clip.state === 'proved' && clip.sha256 ? [{ name: part.name, sha256: clip.sha256, seq: clip.seq }] : [];
    const at = gateway.now() + site.utcOffsetMin * 60_000;
    return provedArchive(`clip-${alarm}`, at, clipReadme(site.name, alarm, seconds), signed, proved, [part]);
  } catch (error) {
    if (error instanceof Problem || !(error instanceof WordedError)) throw error;
    throw new Problem(503, 'not-made', error.why, 10);
  }
}
