/**
 * Pictures of cameras and the evidence kept of alarms. Cameras are slow and weak, so few are asked at once and everybody
 * who waits for the same one gets the same picture. A picture shows people: it must never be kept by a cache.
 */
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { wordsOf } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { Problem, problems } from '../http/problem.ts';

const ASKED_MAX = 8;
/** No camera that works needs longer; the gateway has its own limit, this one holds if that should fail. */
const WAIT_MS = 15_000;

type CameraPicture = Awaited<ReturnType<GatewayPort['picture']>>;

/** Asks each camera once at a time and few at once. Rejects with a Problem. */
function shared(gateway: GatewayPort, world: World): (camera: string) => Promise<CameraPicture> {
  const asked = new Map<string, Promise<CameraPicture>>();
  return (camera) => {
    const known = asked.get(camera);
    if (known) return known;
    if (asked.size >= ASKED_MAX) return Promise.reject(problems.busy(2));
    const answered = new AbortController();
    const late = world.sleep(WAIT_MS, answered.signal).then(() => {
      throw new Error(`camera ${camera} gave no picture in ${WAIT_MS / 1_000} s`);
    });
    const picture = Promise.race([gateway.picture(camera), late])
      .catch((error: unknown) => {
        throw new Problem(502, 'no-picture', wordsOf(error), 5);
      })
      .finally(() => {
        answered.abort();
        asked.delete(camera);
      });
    asked.set(camera, picture);
    return picture;
  };
}

export const CAMERA = z.strictObject({ id: z.string().regex(/^[\w.-]{1,64}$/) });
export const EVIDENCE = z.strictObject({ name: z.string().regex(/^[A-Za-z0-9][\w-]{0,120}\.jpe?g$/) });

/** The answers with a picture; whoever gives one has asked who may have it. Both reject with a Problem. */
export interface PictureAnswers {
  /** A fresh still; `known`: the ETag of the one the page has. */
  camera(id: string, known: string | undefined, reply: FastifyReply): Promise<FastifyReply>;
  evidence(name: string, reply: FastifyReply): Promise<FastifyReply>;
}

/** One for the whole server: each camera is asked once at a time, whoever wants its picture. */
export function openPictures(gateway: GatewayPort, world: World): PictureAnswers {
  const ask = shared(gateway, world);
  return {
    async camera(id, known, reply) {
      if (gateway.site().devices[id]?.family !== 'camera') throw problems.unknown();
      const { jpeg, at } = await ask(id);
      const etag = `"${id}-${at}"`;
      reply.header('etag', etag).header('x-taken-at', String(at)).header('cache-control', 'no-store, private');
      if (known === etag) return reply.code(304).send();
      return reply.type('image/jpeg').send(Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength));
    },
    async evidence(name, reply) {
      const jpeg = await gateway.evidence(name);
      if (!jpeg) throw problems.unknown();
      reply.header('cache-control', 'no-store, private').type('image/jpeg');
      // A kept picture is named by when it was taken and for which alarm.
      const taken = /^(\d{1,16})-\d+\.jpg$/.exec(name)?.[1];
      if (taken !== undefined) reply.header('x-taken-at', taken);
      return reply.send(Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength));
    },
  };
}

export function pictureRoutes(app: App, pictures: PictureAnswers): void {
  app.get(
    '/api/cameras/:id/picture',
    {
      config: { ask: 'picture' },
      schema: {
        summary:
          'A fresh JPEG of a camera. `x-taken-at` says when; `if-none-match` with the ETag of the last one saves its bytes',
        params: CAMERA,
      },
    },
    async ({ params, headers }, reply) => pictures.camera(params.id, headers['if-none-match'], reply),
  );
  app.get(
    '/api/evidence/:name',
    {
      config: { ask: 'evidence' },
      schema: {
        summary: 'A kept evidence picture by the name an alarm carries; `x-taken-at` says when it was taken',
        params: EVIDENCE,
      },
    },
    async ({ params }, reply) => pictures.evidence(params.name, reply),
  );
}
