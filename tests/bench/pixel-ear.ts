/**
 * A second listener on the feed beside the wall: when the frame of each alarm came, and the person at the desk who acknowledges and closes what is over, so that
 * the next one is an alarm of its own.
 */
import { WebSocket } from 'ws';
import { type Login, logIn } from './login.ts';
import { clock, play } from './peer.ts';

export interface EarOptions {
  /** `http://host:port`; the feed is under the same address. */
  readonly url: string;
  readonly login?: Login;
}
/** An alarm as it came to the ear. */
export interface HeardAlarm {
  readonly id: number;
  readonly device: string;
  readonly cause: string;
  /** When its frame was here. */
  readonly at: number;
}
export interface AwaitedAlarm {
  readonly device: string;
  readonly cause: string;
  /** Only alarms with a higher number. */
  readonly above: number;
  readonly limitMs: number;
}

interface Fact {
  readonly kind: string;
  readonly seq: number;
  readonly device?: string;
  readonly cause?: string;
  readonly alarm?: number | string;
}

const COMMAND_LIMIT_MS = 5_000;
/** A drill: what an operator may close with by himself, and without having sent anybody. */
const REASON = 'D2';

await play(async ({ url, login }: EarOptions) => {
  const headers = { origin: url, ...(login ? { cookie: await logIn(url, login) } : {}) };
  const alarms: HeardAlarm[] = [];
  const open = new Set<number>();
  const over = new Set<number>();
  let heard = () => {};

  function take({ kind, seq, device = '', cause = '', alarm }: Fact, at: number): void {
    if (kind === 'raised') {
      alarms.push({ id: seq, device, cause, at });
      open.add(seq);
    } else if (kind === 'returned-to-normal') over.add(Number(alarm));
    else if (kind === 'closed') open.delete(Number(alarm));
  }
  const socket = new WebSocket(`${url.replace('http', 'ws')}/feed`, { headers, perMessageDeflate: false });
  socket.on('message', (bytes: Buffer) => {
    const at = clock();
    const text = bytes.toString();
    if (!text.startsWith('{"t":"events"')) return;
    for (const fact of (JSON.parse(text) as { events: readonly Fact[] }).events) take(fact, at);
    heard();
  });
  socket.on('close', (code) => process.stderr.write(`the feed was closed with ${code}\n`));
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });

  /** Whether it became so within the limit. */
  function until(is: () => boolean, limitMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, limitMs, false);
      heard = () => {
        if (!is()) return;
        clearTimeout(timer);
        resolve(true);
      };
      heard();
    });
  }
  async function command(asked: object): Promise<void> {
    const answer = await fetch(`${url}/api/commands`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(asked),
      signal: AbortSignal.timeout(COMMAND_LIMIT_MS),
    });
    if (!answer.ok) throw new Error(`${JSON.stringify(asked)} was answered ${answer.status}: ${await answer.text()}`);
  }

  return {
    acts: {
      /** The alarm that was waited for; undefined when it did not come. */
      async raised({ device, cause, above, limitMs }: AwaitedAlarm): Promise<HeardAlarm | undefined> {
        const found = () => alarms.find((one) => one.id > above && one.device === device && one.cause === cause);
        await until(() => found() !== undefined, limitMs);
        return found();
      },
      /** Once every open alarm is over they are acknowledged and closed; how many stay open. */
      async settle({ limitMs }: { limitMs: number }): Promise<number> {
        await until(() => [...open].every((id) => over.has(id)), limitMs);
        for (const alarm of [...open].filter((id) => over.has(id))) {
          await command({ do: 'acknowledge', alarm });
          await command({ do: 'close', alarm, reason: REASON });
        }
        await until(() => ![...open].some((id) => over.has(id)), limitMs);
        return open.size;
      },
      /** Every alarm so far, once there are so many or the time is over. */
      async all({ count, limitMs }: { count: number; limitMs: number }): Promise<readonly HeardAlarm[]> {
        await until(() => alarms.length >= count, limitMs);
        return alarms;
      },
    },
  };
});
