/**
 * Clips of alarms: played on a page by whoever may see evidence, and taken away by who answers for the school, with a reason. That somebody
 * looked is told as of any kept picture; that one was taken is a fact with its reason, kept before the clip is given.
 */
import { z } from 'zod';
import { sessionOf } from '../auth/authorization.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { problems } from '../http/problem.ts';

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
        summary: 'Take a clip away, with the reason why; for heads and administrators',
        params: NAME,
        body: z.strictObject({ reason: z.string().trim().min(2).max(200) }),
      },
    },
    async (request, reply) => {
      const { user, kiosk } = sessionOf(request);
      // One person at the desk does not give pictures of pupils away by himself.
      if (kiosk || (user.role !== 'head' && user.role !== 'admin')) throw problems.right();
      const { name } = request.params;
      const clip = await clipOf(name);
      const what = `/api/clips/${name} (alarm ${alarmOf(name)}): ${request.body.reason}`;
      await gateway.note({ kind: 'exported', by: user.name, what });
      return reply.header('cache-control', 'no-store, private').type('video/mp4').send(clip);
    },
  );
}
