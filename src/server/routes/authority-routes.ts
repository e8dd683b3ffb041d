/**
 * The root of the school's own certificates, for phones that shall trust it: the certificate itself and its fingerprints. Open,
 * because whoever needs it does not trust this server yet; it must never answer with anything that does not stand in the certificate.
 */
import { z } from 'zod';
import { noAuthority } from '../../words/authority/authority-words.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { Problem } from '../http/problem.ts';

const PRINT = z.string().describe('hexadecimal, pairs with colons');

export function authorityRoutes(app: App, gateway: GatewayPort): void {
  const root = async () => {
    const found = await gateway.authority();
    if (!found) throw new Problem(404, 'no-authority', noAuthority);
    return found;
  };
  app.get(
    '/ca.crt',
    {
      config: { open: true },
      schema: { summary: "Open to everybody: the root of the school's own certificates, DER; 404 where there is none" },
    },
    async (_request, reply) => {
      const { der } = await root();
      // A phone of Apple offers to install what has this type; others keep it as a file of this name.
      reply.type('application/x-x509-ca-cert').header('content-disposition', 'inline; filename="gatehouse-ca.crt"');
      return reply.send(Buffer.from(der));
    },
  );
  app.get(
    '/api/authority',
    {
      config: { open: true },
      schema: {
        summary: 'Open to everybody: fingerprints of that root, and until when it is valid; 404 where there is none',
        response: { 200: z.object({ sha256: PRINT, sha1: PRINT, until: z.number() }) },
      },
    },
    async () => {
      const { sha256, sha1, until } = await root();
      return { sha256, sha1, until };
    },
  );
}
