/**
 * `PUT /files/<order>`: the school brings what an order asked for. The school's key is looked at before anything of the body is; the body is bounded,
 * and a few at a time are held in memory. It must never take what nobody asked for.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../../server/http/http-app.ts';
import { asProblem, sendProblem } from '../../server/http/problem.ts';
import { FILE_MAX } from '../../uplink/protocol.ts';
import { persisting } from '../database/open-database.ts';
import { refusalOf, SchoolRefused, sendRefusal } from '../ingest/refuse.ts';
import { openPlaces } from '../ingest/turns.ts';
import type { DistrictContext } from '../service/district-context.ts';
import { takeFile } from './order-files.ts';

/** Files held in memory at once; of 20 MB each at most. The next ones are asked to come again. */
const AT_ONCE = 8;
/** Of one school: no school takes the places of the others. */
const AT_ONCE_OF_ONE = 2;

const PLACE = z.object({ order: z.uuid() });
const NAMED = z.object({ name: z.string().min(1).max(200).default('file') });

/** Hangs the address in. */
export async function fileDoor(
  app: App,
  { db, world, keyOf }: Pick<DistrictContext, 'db' | 'world' | 'keyOf'>,
): Promise<void> {
  await app.register(async (inside: FastifyInstance) => {
    const schools = new WeakMap<FastifyRequest, string>();
    const places = openPlaces(AT_ONCE, AT_ONCE_OF_ONE);
    inside.addHook('onRequest', async (request, reply) => {
      const school = await keyOf(request);
      schools.set(request, school);
      const leave = places(school);
      if (!leave) throw new SchoolRefused('busy', '');
      reply.raw.once('close', leave);
    });
    inside.removeAllContentTypeParsers();
    inside.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    inside.setErrorHandler((error, request, reply) => {
      const refused = refusalOf(error, schools.get(request) ?? '');
      if (refused) return sendRefusal(reply, refused);
      return sendProblem(
        reply,
        asProblem(error, (message, fields) => world.log.error(message, { ...fields, route: 'files' })),
      );
    });
    inside.put(
      '/files/:order',
      { config: { school: true, rateLimit: false }, bodyLimit: FILE_MAX },
      async (request) => {
        const school = schools.get(request) ?? '';
        const [place, named] = [PLACE.safeParse(request.params), NAMED.safeParse(request.query)];
        if (!place.success || !named.success) throw new SchoolRefused('malformed', school, 'order');
        const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array();
        const file = {
          order: place.data.order,
          name: named.data.name,
          type: request.headers['content-type'] ?? '',
          bytes,
        };
        const taken = await persisting(db, (sql) => takeFile(sql, school, file, world.now()));
        if ('sha256' in taken) return taken;
        throw new SchoolRefused('file-unasked', school, taken.fault === 'unfit' ? file.type.slice(0, 60) : '');
      },
    );
  });
}
