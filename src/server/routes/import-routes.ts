/**
 * Files of batons: looked at first, then taken in. Both ask for the file itself, so that nothing of it is kept here meanwhile,
 * and what is taken in is what was looked at: the second names the hash that the first gave. One file is read at a time.
 * What a file brings is decided by the core, as a command like any other.
 */
import { z } from 'zod';
import { encodings } from '../../baton/baton-types.ts';
import { fitRows } from '../../baton/fit-baton.ts';
import { batchOf, fileMb, readBaton } from '../../baton/read-baton.ts';
import { newTouches } from '../../core/patrol/touches.ts';
import { fileChanged, fileFaulty, fileOnly } from '../../words/baton/baton-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';
import { sessionOf } from '../auth/authorization.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { Problem, problems } from '../http/problem.ts';
import { giveCommand } from './api.ts';

/** So many places and people tell a person whether it is the right file. */
const LISTED_MAX = 300;
const FILES_A_MINUTE = 30;

const FILE = z.strictObject({
  file: z.string().trim().min(1).max(200).describe('name of the file, for people'),
  encoding: z.enum(encodings).exactOptional().describe('of a text file, where a person chose it'),
});
const TAKEN = FILE.extend({
  batch: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('`batch` of the preview'),
});

const WORDS = z.object({ zh: z.string(), en: z.string() });
const COUNT = z.object({
  said: z.string().describe('as the file writes it'),
  title: WORDS.optional().describe('absent where the configuration does not know it'),
  count: z.number(),
});
const PREVIEW = z.object({
  batch: z.string().describe('sha-256 of the file'),
  kind: z.enum(['csv', 'xlsx']),
  encoding: z.enum(encodings).optional(),
  rows: z.number().describe('touches, each once'),
  fresh: z.number().describe('of these not taken down before'),
  doubled: z.number().describe('rows that say what another one says'),
  from: z.number().optional(),
  to: z.number().optional(),
  places: z.array(COUNT),
  people: z.array(COUNT),
  unread: z.array(z.string()).describe('sheets without a header'),
  faults: z.array(z.object({ row: z.number(), sheet: z.string().optional(), column: z.string(), why: WORDS })),
  faultCount: z.number().describe('with faults the file cannot be taken in'),
  known: z.boolean().describe('this very file was taken in and counts'),
});

type AskedFile = z.infer<typeof FILE>;

/** A file read and fitted to the school. Rejects with a Problem whose sentence is the file's. */
async function looked(gateway: GatewayPort, bytes: Uint8Array, { encoding }: AskedFile) {
  const site = gateway.site();
  const { utcOffsetMin } = site;
  const read = await readBaton(bytes, { utcOffsetMin, ...(encoding && { encoding }) }).catch((error: unknown) => {
    if (error instanceof WordedError) throw new Problem(422, 'file-unreadable', error.why);
    throw error;
  });
  const batch = batchOf(bytes);
  const { rows, ...said } = read;
  return { batch, said, ...fitRows(site, rows) };
}

async function preview(gateway: GatewayPort, bytes: Uint8Array, asked: AskedFile): Promise<z.infer<typeof PREVIEW>> {
  const { batch, said, touches, places, people, from, to } = await looked(gateway, bytes, asked);
  const { fresh, known } = await gateway.read((state) => ({
    fresh: newTouches(state.touches.values(), touches).length,
    known: state.imports.has(batch),
  }));
  return {
    ...{ batch, kind: said.kind, rows: touches.length, fresh, doubled: said.doubled, known },
    ...{ places: places.slice(0, LISTED_MAX), people: people.slice(0, LISTED_MAX), unread: [...said.unread] },
    ...{ faults: [...said.faults], faultCount: said.faultCount },
    ...(said.encoding && { encoding: said.encoding }),
    ...(from !== undefined && to !== undefined && { from, to }),
  };
}

/** Lets one through at a time: a file may cost as much memory as it is allowed, and two may not. */
function single() {
  let busy = false;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (busy) throw problems.busy(5);
    busy = true;
    try {
      return await work();
    } finally {
      busy = false;
    }
  };
}

const config = { ask: 'import', rateLimit: { max: FILES_A_MINUTE, timeWindow: 60_000 } } as const;
const bodyLimit = fileMb * 1_048_576;

function listRoute(app: App, gateway: GatewayPort): void {
  app.get(
    '/api/imports',
    {
      config: { ask: 'import' },
      schema: {
        summary: 'Files of touches that were taken in during the last five weeks and count, newest first',
        response: {
          200: z.object({
            imports: z.array(
              z.object({
                ...{ batch: z.string(), file: z.string(), by: z.string(), at: z.number() },
                ...{ taken: z.number(), known: z.number() },
              }),
            ),
          }),
        },
      },
    },
    async () => ({
      imports: await gateway.read((state) =>
        [...state.imports].map(([batch, one]) => ({ batch, ...one })).sort((a, b) => b.at - a.at),
      ),
    }),
  );
}

function previewRoute(files: App, gateway: GatewayPort, alone: ReturnType<typeof single>): void {
  files.post(
    '/api/imports/preview',
    {
      config,
      bodyLimit,
      schema: {
        summary: 'Look at a file of a baton, sent as application/octet-stream, without taking anything in',
        querystring: FILE,
        response: { 200: PREVIEW },
      },
    },
    async (request) => {
      if (sessionOf(request).kiosk) throw problems.right();
      if (!Buffer.isBuffer(request.body)) throw new Problem(415, 'file-only', fileOnly);
      const bytes = request.body;
      return alone(() => preview(gateway, bytes, request.query));
    },
  );
}

function takeRoute(files: App, gateway: GatewayPort, world: World, alone: ReturnType<typeof single>): void {
  files.post(
    '/api/imports',
    {
      config,
      bodyLimit,
      schema: {
        summary:
          'Take in a file that was looked at; answered when its touches are durable. Undone by the command undo-import',
        querystring: TAKEN,
        response: { 200: z.object({ taken: z.number(), known: z.number() }) },
      },
    },
    async (request) => {
      const { user, kiosk } = sessionOf(request);
      if (kiosk) throw problems.right();
      if (!Buffer.isBuffer(request.body)) throw new Problem(415, 'file-only', fileOnly);
      const bytes = request.body;
      const { batch: expected, file } = request.query;
      const { batch, said, touches } = await alone(() => looked(gateway, bytes, request.query));
      if (batch !== expected) throw new Problem(409, 'file-changed', fileChanged);
      if (said.faultCount > 0) throw new Problem(422, 'file-faulty', fileFaulty(said.faultCount));
      const events = await giveCommand(gateway, world, user, { do: 'import-touches', file, batch, touches });
      const imported = events.find((event) => event.kind === 'imported');
      return { taken: imported?.taken ?? 0, known: imported?.known ?? 0 };
    },
  );
}

export async function importRoutes(app: App, gateway: GatewayPort, world: World): Promise<void> {
  listRoute(app, gateway);
  const alone = single();
  // In a scope of their own: nowhere else does a request bring bytes.
  await app.register(async (scope) => {
    const files = scope as unknown as App;
    files.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body);
    });
    previewRoute(files, gateway, alone);
    takeRoute(files, gateway, world, alone);
  });
}
