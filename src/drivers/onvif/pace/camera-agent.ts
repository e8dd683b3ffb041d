/**
 * The sockets to one camera: a limit on what a camera may send, at each request's turn, and one connection for all of them where
 * the camera wants that. It must never hold what is asked or answered.
 */
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { CameraPace } from './camera-pace.ts';
import { rememberedLookup } from './onvif-lookup.ts';

/** No answer of a camera that means anything is near this size. */
const ANSWER_MAX = 2_000_000;
/** How long a connection may be silent before it is probed; Node then probes each second, ten times. */
const PROBE_MS = 1_000;
/** A connection that takes this long was asked for twice: the first packet was dropped, as some do with who asks too fast. */
const ASKED_TWICE_MS = 900;

/** What a request to the camera came to, as far as sockets know. */
export interface LastSent {
  /** When the last one left, monotonic. */
  at: number;
  /** Its connection had carried another before. */
  reused: boolean;
  /** The answer to it has begun. */
  answered: boolean;
}

export interface CameraAgent {
  readonly agent: http.Agent;
  readonly sent: LastSent;
  /** Takes up what was learned of the camera, before a request is made. With `each` request goes over a connection of its own. */
  obey(each: boolean): void;
}

/** The part of Node's agent that its types leave out: every request comes by here, also those that a package makes by itself. */
interface AgentInner {
  keepAlive: boolean;
  addRequest(request: ClientRequest, ...rest: unknown[]): void;
}

/** Whether a status says that the camera is asked too much. */
export const tooMuch = (status: number | undefined): boolean => status === 503 || status === 429;

/** A socket pool that counts what it receives, and that can drop every request at once. */
export function cameraAgent(secure: boolean, pace: CameraPace, elapsed: () => number): CameraAgent {
  // Without keep-alive, unless the camera is known to want it: others close idle connections at any moment, or hang on the second request.
  const options = { keepAlive: false, lookup: rememberedLookup };
  const agent = secure ? new https.Agent(options) : new http.Agent(options);
  const inner = agent as unknown as AgentInner;
  const sent: LastSent = { at: 0, reused: false, answered: false };
  const received = new WeakMap<object, number>();
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, done): Duplex | null | undefined => {
    const socket = connect(options, done);
    // A held pull hears nothing of a camera that went away, until the probes of TCP do.
    if (socket instanceof Socket) socket.setKeepAlive(true, PROBE_MS);
    socket?.on('data', (chunk: Buffer) => {
      const length = (received.get(socket) ?? 0) + chunk.length;
      received.set(socket, length);
      if (length > ANSWER_MAX)
        socket.destroy(Object.assign(new Error('the answer is too large'), { code: 'too large' }));
    });
    return socket;
  };
  const heard = (answer: IncomingMessage): void => {
    sent.answered = true;
    if (!tooMuch(answer.statusCode)) pace.answered();
    // The package throws away the connection on which it was asked to log in, where the next request could go.
    if (answer.statusCode !== 401 || !inner.keepAlive) return;
    answer.destroy = () => answer.resume();
    answer.resume();
  };
  const add = inner.addRequest.bind(agent);
  inner.addRequest = (request, ...rest) => {
    const leave = (): void => {
      if (request.destroyed) return;
      sent.at = elapsed();
      sent.reused = false;
      sent.answered = false;
      add(request, ...rest);
    };
    request.prependListener('response', heard);
    request.once('socket', (socket) => {
      received.set(socket, 0);
      sent.reused = request.reusedSocket;
      if (!socket.connecting) return;
      socket.once('connect', () => elapsed() - sent.at > ASKED_TWICE_MS && pace.slowToConnect());
    });
    const turn = pace.turn();
    if (turn) void turn.then(leave);
    else leave();
  };
  return {
    agent,
    sent,
    obey(each) {
      inner.keepAlive = pace.keeps && !each;
      agent.maxSockets = inner.keepAlive ? 1 : Number.POSITIVE_INFINITY;
    },
  };
}
