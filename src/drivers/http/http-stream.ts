/**
 * The driver of makers' event streams: one line is one address, a camera or a recorder with several channels. It attaches to the
 * endless answer, hands on what the parts say, and fetches pictures on request. It ends by throwing when the stream is lost or silent;
 * it must never reconnect by itself, nor end without giving its attachment back.
 */
import type { HttpStreamWire } from '../../profile/profile.ts';
import { streamAttached } from '../../words/camera/stream-words.ts';
import { wordsOf } from '../../words/worded-error.ts';
import type { CameraChannel, HttpStreamOptions } from '../connection-options.ts';
import { PICTURE_MAX } from '../http-access/jpeg-answer.ts';
import { Patience } from '../http-access/login-patience.ts';
import type { Driver, Line, LineDevice, StreamUse, VideoStream } from '../line.ts';
import { MultipartParts } from './multipart-parts.ts';
import { StandingQuestion } from './standing-question.ts';
import { stillPicture } from './still-picture.ts';
import { type Attached, StreamAccess } from './stream-attachment.ts';
import { socketTrouble, streamError } from './stream-error.ts';
import { wholeText } from './stream-event.ts';
import { newStreamMemory, StreamIntake } from './stream-intake.ts';

type StreamLine = Line<HttpStreamOptions, CameraChannel>;

/** While a log-in has to wait, a device that is lost meanwhile is found out this often. */
const LOOK_MS = 5_000;
/** That the devices are there is said this often while parts come; several a second would be no news. */
const BEAT_MS = 2_000;

const newMemory = () => ({ login: new Patience(), stream: newStreamMemory() });

/** Runs one stream. What it throws carries a sentence for the operator. */
export const httpStream: Driver<HttpStreamOptions, CameraChannel> = async (line) => {
  const { options, signal, world } = line;
  const wire = wireOf(line);
  const memory = line.memory(newMemory);
  const access = new StreamAccess(line.id, options, world, signal, memory.login);
  line.offer(actions(line, wire, access));
  try {
    await patience(line, wire, access, memory.login);
    const stream = await access.attach(wire.path);
    try {
      const question = new StandingQuestion(access, wire, world);
      await follow(line, wire, stream, new StreamIntake(line, wire, memory.stream), question);
    } finally {
      await stream.close();
    }
  } catch (error) {
    if (signal.aborted) return;
    if (memory.login.waitMs(world.elapsed()) > 0) line.trouble('login', wordsOf(error));
    throw error;
  }
};

/** The wire that all devices of the line share. */
function wireOf(line: StreamLine): HttpStreamWire {
  const wires = line.devices.map(({ profile }) => profile.wire);
  const [wire] = wires;
  if (wire?.protocol !== 'http-stream' || wires.some((one) => one.protocol !== 'http-stream' || one.path !== wire.path))
    throw new Error(`line ${line.id} needs devices that share one event stream`);
  return wire;
}

/** Returns when a log-in may be tried. Until then it is looked whether the device is there: a dead cable is not a wrong password. */
async function patience(line: StreamLine, wire: HttpStreamWire, access: StreamAccess, login: Patience): Promise<void> {
  const { world, signal } = line;
  for (let waitMs = login.waitMs(world.elapsed()); waitMs > 0; waitMs = login.waitMs(world.elapsed())) {
    const { why } = access.refusal();
    line.trouble('login', why);
    for (const { id } of line.devices) line.link(id, false, why);
    await world.sleep(Math.min(waitMs, LOOK_MS), signal);
    await access.look(wire.path);
  }
}

/** Reads the stream until it ends, falls silent or is stopped; throws why. */
async function follow(
  line: StreamLine,
  wire: HttpStreamWire,
  stream: Attached,
  intake: StreamIntake,
  question: StandingQuestion,
): Promise<void> {
  const { world } = line;
  const whole = (text: string, open: boolean) => wholeText(text, open, wire.reads);
  const parts = new MultipartParts(stream.boundary, { pictureMax: PICTURE_MAX, whole });
  line.trouble('login', undefined);
  line.ready(streamAttached);
  intake.begin();
  question.ask(intake.asks('all'));
  let heardAt = world.elapsed();
  let saidAt = Number.NEGATIVE_INFINITY;
  let next = stream.bytes.next();
  for (;;) {
    const now = world.elapsed();
    if (now >= heardAt + wire.idleMs) throw streamError('silent', line.id, String(Math.round(wire.idleMs / 1000)));
    if (question.nextAt <= now) question.ask(intake.asks('held'));
    const waitMs = Math.max(0, Math.min(heardAt + wire.idleMs, intake.nextAt, question.nextAt) - now);
    const read = await within(line, next, waitMs, question.running);
    if (read === 'answered') {
      await intake.found(question.take());
      continue;
    }
    if (read === 'late') {
      await intake.settle();
      continue;
    }
    if (read.done) throw streamError('ended', line.id, 'end of the answer');
    next = stream.bytes.next();
    next.catch(() => undefined);
    for (const part of parts.push(read.value)) {
      heardAt = world.elapsed();
      if (heardAt - saidAt >= BEAT_MS) {
        saidAt = heardAt;
        for (const { id } of line.devices) line.link(id, true, streamAttached);
      }
      await intake.take(part);
    }
    if (intake.nextAt <= world.elapsed()) await intake.settle();
  }
}

/** The next bytes, or that they were not there in time. Rejects with a sentence when the connection broke. */
async function within(
  line: StreamLine,
  next: Promise<IteratorResult<Buffer>>,
  waitMs: number,
  asked: Promise<'answered'> | undefined,
): Promise<IteratorResult<Buffer> | 'late' | 'answered'> {
  const { world, signal, options } = line;
  const done = new AbortController();
  const late = world.sleep(waitMs, AbortSignal.any([signal, done.signal])).then(
    () => 'late' as const,
    (error: unknown) => {
      if (signal.aborted) throw error;
      return 'late' as const;
    },
  );
  late.catch(() => undefined);
  try {
    return await Promise.race([next, late, ...(asked ? [asked] : [])]);
  } catch (error) {
    if (signal.aborted) throw error;
    throw socketTrouble(error as Error, line.id, new URL(options.address).host);
  } finally {
    done.abort();
  }
}

/** What the line does on request: a still of a channel, and where its video is. */
function actions(line: StreamLine, wire: HttpStreamWire, access: StreamAccess) {
  const { options, world, devices } = line;
  const pictures = new Map<string, Promise<Uint8Array>>();
  const device = (id: string): LineDevice<CameraChannel> => {
    const found = devices.find((one) => one.id === id);
    if (!found) throw new Error(`${id} is no device of line ${line.id}`);
    return found;
  };
  const at = (path: string, id: string): string =>
    path.replaceAll('{channel}', String(device(id).options.channel ?? 1));
  return {
    /** Callers at the same moment get the same picture. */
    async snapshot(id: string): Promise<Uint8Array> {
      const running = pictures.get(id) ?? stillPicture(access, at(wire.snapshot, id), id, world);
      pictures.set(id, running);
      return await running.finally(() => pictures.delete(id));
    },
    async stream(id: string, use: StreamUse): Promise<VideoStream> {
      const { hostname } = new URL(options.address);
      return {
        url: `rtsp://${hostname}:${options.rtspPort ?? 554}${at(wire.video[use], id)}`,
        ...(options.user !== undefined && { user: options.user, password: options.password ?? '' }),
      };
    },
  };
}
