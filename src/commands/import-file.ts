/**
 * Takes in a file of a baton from a terminal, through the gateway that runs: by its own address, with a person's log-in, as the page
 * does. What is in the file is said before it is taken in; one with bad rows is not. It must never open the journal itself.
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileKnown, fileLooked, fileTakenIn, gatewayUnreached } from '../words/baton/baton-command-words.ts';
import { columnNames, inCell } from '../words/baton/baton-words.ts';
import { untranslated, type Words } from '../words/words.ts';

interface LookedFile {
  readonly batch: string;
  readonly rows: number;
  readonly fresh: number;
  readonly places: readonly { readonly said: string; readonly title?: Words }[];
  readonly people: readonly { readonly said: string; readonly title?: Words }[];
  readonly faults: readonly {
    readonly row: number;
    readonly sheet?: string;
    readonly column: string;
    readonly why: Words;
  }[];
  readonly known: boolean;
}

/** What came of it: sentences for the terminal, and whether the file's touches are in the journal now. */
export interface ImportOutcome {
  readonly ok: boolean;
  readonly said: readonly Words[];
}

/** The answer of the gateway as JSON, or the sentence of its refusal. */
async function answer<T>(response: Response): Promise<T | Words> {
  const body = (await response.json()) as T | Words;
  return response.ok ? body : { zh: (body as Words).zh, en: (body as Words).en };
}
const isRefusal = (answered: object): answered is Words => 'zh' in answered && 'en' in answered;

async function imported(url: string, user: string, password: string, path: string): Promise<ImportOutcome> {
  const headers = { origin: url, 'content-type': 'application/json' };
  const body = JSON.stringify({ user, password });
  const login = await fetch(`${url}/api/login`, { method: 'POST', headers, body });
  if (!login.ok) return { ok: false, said: [(await answer<Words>(login)) as Words] };
  const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  try {
    return await sent({ url, cookie }, path);
  } finally {
    // A log-in that nobody needs any more must not lie about; where nobody answers any more it ends by itself.
    await fetch(`${url}/api/logout`, { method: 'POST', headers: { origin: url, cookie } }).catch(() => undefined);
  }
}

/** Looks at the file first, then takes it in, as whoever has logged in. */
async function sent(
  { url, cookie }: { readonly url: string; readonly cookie: string },
  path: string,
): Promise<ImportOutcome> {
  const bytes = await readFile(path);
  const send = <T>(way: string, more: Readonly<Record<string, string>> = {}) =>
    fetch(`${url}${way}?${new URLSearchParams({ file: basename(path).slice(0, 200), ...more })}`, {
      method: 'POST',
      headers: { origin: url, cookie, 'content-type': 'application/octet-stream' },
      body: bytes,
    }).then((response) => answer<T>(response));
  const looked = await send<LookedFile>('/api/imports/preview');
  if (isRefusal(looked)) return { ok: false, said: [looked] };
  const unknown = (list: LookedFile['places']) =>
    list.filter(({ title }) => title === undefined).map(({ said }) => said);
  const said: Words[] = [fileLooked(looked.rows, looked.fresh, unknown(looked.places), unknown(looked.people))];
  for (const { row, column, why, sheet } of looked.faults)
    said.push(inCell(row, columnNames[column as keyof typeof columnNames] ?? untranslated(column), why, sheet));
  if (looked.known || (looked.fresh === 0 && looked.faults.length === 0))
    return { ok: true, said: [...said, fileKnown] };
  const taken = await send<{ taken: number; known: number }>('/api/imports', { batch: looked.batch });
  if (isRefusal(taken)) return { ok: false, said: [...said, taken] };
  return { ok: true, said: [...said, fileTakenIn(taken.taken, taken.known)] };
}

/** Takes a file in at the gateway that answers at `url`. Rejects as the file system does when the file cannot be read. */
export async function importFile(url: string, user: string, password: string, path: string): Promise<ImportOutcome> {
  try {
    return await imported(url, user, password, path);
  } catch (error) {
    // What fetch says when nobody answers; what the file system says is for whoever called.
    if (!(error instanceof TypeError)) throw error;
    const why = error.cause instanceof Error ? error.cause.message : error.message;
    return { ok: false, said: [gatewayUnreached(url, why)] };
  }
}
