/**
 * The address that a chat calls when somebody presses a button of ours. It is shut unless a channel of the configuration opens it, and then
 * to whoever signs with that channel's key; to all others it is an address like any that does not exist.
 */
import { z } from 'zod';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { problems } from '../http/problem.ts';

/** A school's guards press no more; whoever guesses comes no further. Ours. */
const CALLS_A_MINUTE = 120;
/** A call is half a kilobyte. */
const CALL_BYTES = 8_192;

const CALL = {
  params: z.object({ channel: z.string().max(100) }),
  querystring: z.record(z.string(), z.string().max(2_000)),
};

export function callbackRoutes(app: App, gateway: GatewayPort): void {
  app.addContentTypeParser(['text/xml', 'application/xml'], { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  const config = { open: true, signed: true, rateLimit: { max: CALLS_A_MINUTE, timeWindow: 60_000 } } as const;
  const asked = { ...CALL, summary: 'A chat asks whether this address is ours; the answer is what it sent, opened' };
  app.get('/api/callback/:channel', { config, schema: asked }, async (request, reply) => {
    const { channel } = request.params;
    const came = await gateway.called?.({ channel, query: request.query });
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
        summary: 'A chat tells, signed with its key, of a button that was pressed',
      },
    },
    async (request, reply) => {
      const { body } = request;
      const { channel } = request.params;
      const came =
        typeof body === 'string' ? await gateway.called?.({ channel, query: request.query, body }) : undefined;
      if (came !== 'taken') throw problems.login();
      // An empty answer tells WeCom that it need not call again.
      return reply.type('text/plain').send('');
    },
  );
}
