/**
 * One school of the bench: its lines, its tree, its key, and what it believes the district has. It says batches as the protocol has them, and goes on
 * from what it is answered. It must never take the district's word for a line that it has not said.
 */
import { createHash, randomUUID } from 'node:crypto';
import { Agent, request as ask } from 'node:http';
import { PROTOCOL } from '../../../src/uplink/protocol.ts';
import { benchLeaf, LineTree, treeOver } from './line-tree.ts';
import { type LineMould, urgentLine } from './played-lines.ts';

/** Connections stay open, as those of a gateway do. */
const agent = new Agent({ keepAlive: true, maxSockets: 5_000 });
const LIMIT_MS = 60_000;

/** What came of a request: status 0 where nobody answered. */
export interface Heard {
  readonly status: number;
  readonly have?: number;
  readonly code?: string;
  /** When it may come again, by the district's word, ms. */
  readonly afterMs?: number;
}

function send(url: string, path: string, method: string, key: string, body: string): Promise<Heard> {
  return new Promise((resolve) => {
    const asked = ask(url + path, {
      ...{ method, agent, timeout: LIMIT_MS },
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${key}`,
        'content-length': Buffer.byteLength(body),
      },
    });
    asked.on('timeout', () => asked.destroy(new Error('late')));
    asked.on('error', () => resolve({ status: 0 }));
    asked.on('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => {
        text += part;
      });
      answer.on('error', () => resolve({ status: 0 }));
      answer.on('end', () => {
        const status = answer.statusCode ?? 0;
        try {
          const { have, code } = JSON.parse(text) as { have?: number; code?: string };
          const afterMs = Number(answer.headers['retry-after'] ?? 0) * 1_000;
          resolve({ status, afterMs, ...(have !== undefined && { have }), ...(code !== undefined && { code }) });
        } catch {
          resolve({ status });
        }
      });
    });
    asked.end(body);
  });
}

export interface LoadSchoolOptions {
  readonly id: string;
  readonly key: string;
  readonly log: string;
  readonly site: string;
  readonly moulds: readonly LineMould[];
}

export class LoadSchool {
  readonly id: string;
  readonly leaves: Buffer[] = [];
  readonly #options: LoadSchoolOptions;
  readonly #lines: ({ readonly l: string } | { readonly h: string })[] = [];
  readonly #boot = randomUUID();
  readonly #siteHash: string;
  /** Over what the district is known to have. */
  #acked = new LineTree();
  /** Lines of alarms that overtake the backlog, as far as the district has not taken them. */
  ahead: { readonly seq: number; readonly l: string }[] = [];
  /** The district said less than it had said before. */
  lost = 0;

  constructor(options: LoadSchoolOptions) {
    this.#options = options;
    this.id = options.id;
    this.#siteHash = createHash('sha256').update(options.site).digest('hex');
  }

  get have(): number {
    return this.#acked.size;
  }
  get count(): number {
    return this.#lines.length;
  }

  /** Says the next lines of the night; throws where it is over. */
  say(count: number, at: number): void {
    for (let i = 0; i < count; i++) {
      const mould = this.#options.moulds[this.#lines.length];
      if (!mould) throw new Error('the played night is over; play a longer one');
      this.#keep(mould, at);
    }
  }

  /** Raises an urgent alarm; the lines of the night cannot go on after it. */
  raise(at: number): number {
    const seq = this.#lines.length + 1;
    const l = this.#keep(urgentLine(seq), at);
    this.ahead.push({ seq, l });
    return seq;
  }

  #keep({ head, tail, leaves }: LineMould, at: number): string {
    const text = `${head}${at}${tail}`;
    const leaf = benchLeaf(text);
    this.leaves.push(leaf);
    this.#lines.push(leaves ? { l: text } : { h: leaf.toString('hex') });
    return text;
  }

  #speaker() {
    const { id } = this;
    return { protocol: PROTOCOL, school: id, boot: this.#boot, version: 'bench', clock: Date.now(), head: this.count };
  }

  /** The lines after `from - 1`, as one batch. */
  batch(from: number, count: number): string {
    const before = from - 1 === this.#acked.size ? this.#acked : treeOver(this.leaves.slice(0, from - 1));
    const upTo = Math.min(this.count, from - 1 + count);
    return JSON.stringify({
      ...this.#speaker(),
      ...{ from, before: before.root(), lines: this.#lines.slice(from - 1, upTo) },
      ahead: [],
      ...{ log: this.#options.log, filter: createHash('sha256').digest('hex'), site: this.#siteHash },
    });
  }

  /** Has alarms overtake what is under way, on a connection of its own. */
  async overtake(url: string): Promise<void> {
    const lines = this.ahead.slice(0, 200);
    if (lines.length === 0) return;
    const body = JSON.stringify({ ...this.#speaker(), lines });
    const { status } = await send(url, '/ahead', 'POST', this.#options.key, body);
    if (status === 200) this.ahead = this.ahead.filter((one) => !lines.includes(one));
  }

  async ingest(url: string, body: string): Promise<Heard> {
    const heard = await send(url, '/ingest', 'POST', this.#options.key, body);
    if (heard.status === 200) this.#hear(heard.have ?? 0);
    return heard;
  }

  async poll(url: string, now: boolean): Promise<Heard> {
    const body = JSON.stringify({ ...this.#speaker(), taken: [], now });
    const heard = await send(url, '/poll', 'POST', this.#options.key, body);
    if (heard.status === 200) this.#hear(heard.have ?? 0);
    return heard;
  }

  bringSite(url: string): Promise<Heard> {
    return send(url, '/site', 'PUT', this.#options.key, this.#options.site);
  }

  /** An answer to an older request may come after that to a newer one: only what was said at the end tells of loss. */
  #hear(have: number): void {
    if (have > this.count) throw new Error(`${this.id}: the district has ${have} of ${this.count} lines`);
    while (this.#acked.size < have) this.#acked.append(this.leaves[this.#acked.size]!);
  }

  wholeTree(): LineTree {
    return treeOver(this.leaves);
  }

  /** Asks how far the district is; what it has less than it once said is counted as lost. */
  async settle(url: string): Promise<Heard> {
    const known = this.have;
    const heard = await this.poll(url, true);
    if (heard.status === 200 && heard.have !== undefined) this.lost += Math.max(0, known - heard.have);
    return heard;
  }
}
