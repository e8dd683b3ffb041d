/**
 * The address that a chat calls when somebody presses a button of ours, or writes to our robot. It is shut unless a channel of the configuration opens it, and then
 * to whoever signs with that channel's key; to all others it is an address like any that does not exist.
 */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { problems } from '../http/problem.ts';

/** A school's guards press no more; whoever guesses comes no further. Ours. */
const CALLS_A_MINUTE = 120;
/** A call is half a kilobyte, of DingTalk a whole one. */
const CALL_BYTES = 8_192;

const CALL = {
  params: z.object({ channel: z.string().max(100) }),
  querystring: z.record(z.string(), z.string().max(2_000)),
};

/** What DingTalk signs with. */
function signedOf({ headers }: Pick<FastifyRequest, 'headers'>): { timestamp: string; sign: string } {
  const one = (name: string) => String(headers[name] ?? '').slice(0, 200);
  return { timestamp: one('timestamp'), sign: one('sign') };
}

export function callbackRoutes(app: App, gateway: GatewayPort): void {
  app.addContentTypeParser(['text/xml', 'application/xml'], { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  const config = { open: true, signed: true, rateLimit: { max: CALLS_A_MINUTE, timeWindow: 60_000 } } as const;
  const asked = { ...CALL, summary: 'A chat asks whether this address is ours; the answer is what it sent, opened' };
  app.get('/api/callback/:channel', { config, schema: asked }, async (request, reply) => {
    const came = await gateway.called?.({ ...request.params, query: request.query, signed: signedOf(request) });
    if (typeof came !== 'object') throw problems.login();
    return reply.type('text/plain').send(came.echo);
  });
  app.post(
    '/api/callback/:channel',
    {
      config,
      bodyLimit: CALL_BYTES,
      schema: {
        ...CALL,
        body: z.unknown(),
        summary: 'A chat tells, signed with its key, of a button that was pressed or of what somebody wrote',
      },
    },
    async (request, reply) => {
      const { body, params, query } = request;
      const came = await gateway.called?.({ ...params, query, signed: signedOf(request), body: body ?? '' });
      if (came !== 'taken') throw problems.login();
      // An empty answer tells WeCom that it need not call again; the robot of DingTalk says nothing to it.
      return reply.type('text/plain').send('');
    },
  );
}
