/**
 * Log-outs that the journal cannot take for now: a page of a file that is made while there is room and written in place, so that
 * whoever leaves while the disk is full stays out also after a restart. Each stands there until the journal has it. It must never
 * say that one is kept before it is on the disk, and never give its place to another before the journal has it.
 */
import { open } from 'node:fs/promises';
import { z } from 'zod';
import { makeDurably } from '../../world/durable-file.ts';
import type { Sessions } from './session.ts';

/** One place: a session and its person as JSON, filled up with spaces. A name of forty characters fits, whatever their script. */
const PLACE_BYTES = 256;
/** One page of any disk. Ours: more people than these do not leave while one disk is full, and those who do are told. */
const PLACES = 16;

const LEFT = z.strictObject({ session: z.string().min(1), by: z.string().min(1), at: z.number() });
export type LeftSession = Readonly<z.infer<typeof LEFT>>;

export interface KeptLogouts {
  /** What was there when it was opened: of these nobody knows yet whether the journal has them. */
  readonly found: readonly LeftSession[];
  /** Resolves when it is on the disk; false when it could not be put there. */
  keep(left: LeftSession): Promise<boolean>;
  /** The journal has it. */
  settle(session: string): Promise<void>;
}

const filled = (text: string): Buffer => Buffer.alloc(PLACE_BYTES, ' ').fill(text, 0, Buffer.byteLength(text));

/** What stands in each place of the file; a place that cannot be read is free. */
async function placesIn(path: string): Promise<(LeftSession | undefined)[]> {
  const places = Array.from({ length: PLACES }, (): LeftSession | undefined => undefined);
  try {
    await makeDurably(path, Buffer.alloc(PLACE_BYTES * PLACES, ' '));
    const file = await open(path, 'r');
    try {
      const bytes = Buffer.alloc(PLACE_BYTES * PLACES);
      await file.read(bytes, 0, bytes.length, 0);
      for (let n = 0; n < PLACES; n++) places[n] = leftIn(bytes.subarray(n * PLACE_BYTES, (n + 1) * PLACE_BYTES));
    } finally {
      await file.close();
    }
  } catch {
    // On a disk that was full before there was room for it nothing is kept, and whoever leaves is told.
  }
  return places;
}

function leftIn(bytes: Buffer): LeftSession | undefined {
  try {
    return LEFT.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return undefined;
  }
}

/** Opens the file, and ends the sessions that stand in it. Without a path nothing is kept. Never rejects. */
export async function openKeptLogouts(path: string | undefined, sessions: Pick<Sessions, 'end'>): Promise<KeptLogouts> {
  const places = path === undefined ? [] : await placesIn(path);
  for (const place of places) if (place) sessions.end({ id: place.session });

  async function write(n: number, text: string): Promise<boolean> {
    const bytes = filled(text);
    if (path === undefined) return false;
    try {
      // Never made here: what is made on a full disk is empty.
      const file = await open(path, 'r+');
      try {
        await file.write(bytes, 0, bytes.length, n * PLACE_BYTES);
        await file.sync();
      } finally {
        await file.close();
      }
      return true;
    } catch {
      return false;
    }
  }

  return {
    found: places.filter((place) => place !== undefined),
    async keep(left) {
      const n = places.indexOf(undefined);
      const text = JSON.stringify(left);
      if (n < 0 || Buffer.byteLength(text) > PLACE_BYTES) return false;
      places[n] = left;
      if (await write(n, text)) return true;
      places[n] = undefined;
      return false;
    },
    async settle(session) {
      const n = places.findIndex((place) => place?.session === session);
      if (n < 0) return;
      await write(n, '');
      places[n] = undefined;
    },
  };
}
