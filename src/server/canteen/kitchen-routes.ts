/**
 * What the public screen in the dining hall asks for: what stands on it, and stills of the cameras that were chosen for it. Whoever has
 * this right alone can learn nothing else of the school: no other camera answers here, and nothing here tells which others there are.
 */
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { kitchenView } from '../../core/kitchen/kitchen-view.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { problems } from '../http/problem.ts';

/** A fresh still of a camera as an answer; the one the server has for everybody. */
type StillAnswer = (id: string, known: string | undefined, reply: FastifyReply) => Promise<FastifyReply>;

export function kitchenRoutes(app: App, gateway: GatewayPort, still: StillAnswer): void {
  app.get(
    '/api/kitchen',
    {
      config: { ask: 'kitchen' },
      schema: { summary: 'What the public screen in the dining hall shows, without pictures' },
    },
    async (_request, reply) => {
      // While the journal refuses nothing of State is told, and no value is known.
      const known = await gateway
        .read(({ devices, doubted, menus }) => ({
          devices: new Map(devices),
          doubted: new Map(doubted),
          menus: new Map(menus),
        }))
        .catch(() => undefined);
      const view = kitchenView(gateway.site(), known, gateway.live(), gateway.now());
      if (!view) throw problems.unknown();
      reply.header('cache-control', 'no-store, private');
      return view;
    },
  );
  app.get(
    '/api/kitchen/pictures/:camera',
    {
      config: { ask: 'kitchen' },
      schema: {
        summary: 'A fresh JPEG of a camera that the public screen shows; `x-taken-at` says when',
        params: z.strictObject({ camera: z.string().regex(/^[\w.-]{1,64}$/) }),
      },
    },
    async (request, reply) => {
      const { camera } = request.params;
      if (!gateway.site().kitchen?.cameras.some((one) => one.camera === camera)) throw problems.unknown();
      // Why a camera gives none names it and where it is: the public is told that there is none, and nothing else.
      return still(camera, request.headers['if-none-match'], reply).catch(() => {
        throw problems.busy(5);
      });
    },
  );
}
