/**
 * The gateway's HTTP, as the screens use it: every request has a limit, every failure becomes a sentence a person can act
 * on. It keeps nothing, and a request without a log-in leads to the log-in page, never to an empty screen.
 */
import type { Command, Event, User, Words } from '../../core/types.ts';
import { say, t } from './language.ts';

/** Where this school's pages and routes begin: nowhere at the school itself, `/district/s/<school>` where its district shows a copy of it. */
export const base = /^\/district\/s\/[^/]+/.exec(location.pathname)?.[0] ?? '';

/** The address of one of the school's pages or files, as the table of pages and the routes write it; what names its host is left as it is. */
export const to = (path: string): string => (path.startsWith('/') ? base + path : path);

const LIMIT_MS = 10_000;
/** The gateway gives a file thirty seconds, and a command eight. */
const FILE_LIMIT_MS = 60_000;

/** A request that did not work; the message is for the person at the screen. */
export class Failed extends Error {
  readonly status: number;
  constructor(status: number, sentence: string) {
    super(sentence);
    this.status = status;
  }
}

/** The sentence of anything caught. */
export function sentence(failure: unknown): string {
  return failure instanceof Failed ? failure.message : t('noNetwork');
}

/** The sentence for somebody who asked for something to be done: a refusal as it is, and that it never arrived if so. */
export function refusal(failure: unknown): string {
  const why = sentence(failure);
  return failure instanceof Failed && failure.status > 0 ? why : t('notDelivered', { why });
}

/** A problem document of the gateway; its own sentence is the best one there is. */
type ProblemText = Partial<Words>;

/** The limit is for the first word of the answer; `gone` ends the whole of it. */
async function ask(
  path: string,
  init: RequestInit = {},
  gone?: AbortSignal,
  limitMs: number = LIMIT_MS,
): Promise<Response> {
  const limit = new AbortController();
  gone?.addEventListener('abort', () => limit.abort());
  const timer = setTimeout(() => limit.abort(), limitMs);
  try {
    return await fetch(to(path), { ...init, signal: limit.signal, credentials: 'same-origin', cache: 'no-store' });
  } catch {
    throw new Failed(0, limit.signal.aborted ? t('tooSlow') : t('noNetwork'));
  } finally {
    clearTimeout(timer);
  }
}

async function answered(response: Response): Promise<Response> {
  if (response.ok) return response;
  if (response.status === 401) toLogin();
  const { zh, en } = (await response.json().catch(() => ({}))) as ProblemText;
  const said = zh !== undefined && en !== undefined ? say({ zh, en }) : t('httpFailed', { status: response.status });
  throw new Failed(response.status, said);
}

function posted(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

let leaving = false;

/** Leaves for the log-in page, which comes back here. Once: a second departure would cut the first one off. */
export function toLogin(): void {
  if (leaving || location.pathname === '/login') return;
  leaving = true;
  location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
}

/** Reads JSON. Throws Failed. */
export async function read<T>(path: string): Promise<T> {
  return (await (await answered(await ask(path))).json()) as T;
}

/** What has changed since the answer with this ETag, and the gateway's time; no `value`: nothing has. Throws Failed. */
export async function readChanged<T>(
  path: string,
  etag: string | undefined,
): Promise<{ readonly value?: T; readonly etag?: string; readonly now: number }> {
  const response = await ask(path, etag === undefined ? {} : { headers: { 'if-none-match': etag } });
  const now = Number(response.headers.get('x-now') ?? Number.NaN);
  if (response.status === 304) return { now };
  const value = (await (await answered(response)).json()) as T;
  const next = response.headers.get('etag');
  return { value, now, ...(next !== null && { etag: next }) };
}

/** Sends JSON and reads the answer, which may be nothing. Throws Failed. */
export async function post<T>(
  path: string,
  body: unknown,
  method: 'POST' | 'PUT' = 'POST',
  limitMs?: number,
): Promise<T> {
  const text = await (await answered(await ask(path, { ...posted(body), method }, undefined, limitMs))).text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** Has a file made, and gives it to the browser to keep under the name it came with. Throws Failed. */
export async function takeFile(path: string, asked: object = {}, name = ''): Promise<void> {
  const response = await answered(await ask(path, posted(asked), undefined, FILE_LIMIT_MS));
  const said = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = said?.[1] ?? name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), FILE_LIMIT_MS);
}

/** Who is logged in; leads to the log-in page when nobody is. Undefined when the gateway does not answer. */
export async function whoAmI(): Promise<(User & { readonly school: Words }) | undefined> {
  try {
    return await read<User & { readonly school: Words }>('/api/me');
  } catch {
    return undefined;
  }
}

/** Logs in. Throws Failed with the sentence for the form. */
export async function logIn(name: string, password: string): Promise<User> {
  return (await (await answered(await ask('/api/login', posted({ user: name, password })))).json()) as User;
}

/** Ends the session and leaves for the log-in page, which says it when the gateway did not answer, or could not keep that somebody left. */
export async function logOut(): Promise<void> {
  const status = await ask('/api/logout', posted({})).then(
    (response) => response.status,
    () => undefined,
  );
  // A session that is over already is what was wanted.
  const done = status === 204 || status === 401;
  location.assign(done ? '/login' : `/login?left=${status === undefined ? 'unheard' : 'unkept'}`);
}

/** What is asked for, with the code of whoever has one where watch is taken away. */
export type CommandWithCode = Command & { readonly pin?: string; readonly outgoingPin?: string };

/** Asks the gateway to do something; resolves when it is durable. Throws Failed with the reason. */
export async function command(asked: CommandWithCode): Promise<readonly Event[]> {
  const response = await answered(await ask('/api/commands', posted(asked)));
  return ((await response.json()) as { readonly events: readonly Event[] }).events;
}

/** Makes the address of a person's calendar; the path is told this once. Throws Failed. */
export async function giveCalendar(person: string): Promise<string> {
  const response = await answered(await ask('/api/duty/calendars', posted({ person })));
  return ((await response.json()) as { readonly path: string }).path;
}

/** Sends the bytes of a file; reading one may take half a minute. Throws Failed with the file's own sentence. */
export async function sendFile<T>(path: string, file: Blob, limitMs: number = FILE_LIMIT_MS): Promise<T> {
  const headers = { 'content-type': 'application/octet-stream' };
  const response = await answered(await ask(path, { method: 'POST', headers, body: file }, undefined, limitMs));
  return (await response.json()) as T;
}

type ProgressLine<T> =
  | { readonly done: number; readonly total: number }
  | { readonly result: T }
  | { readonly error: Words };

/**
 * Asks something that takes a while and is answered in lines; `progress` hears how much of it is done, as a share. Throws
 * Failed, also when `gone` ends it.
 */
export async function askInLines<T>(
  path: string,
  body: unknown,
  progress: (share: number) => void,
  gone: AbortSignal,
): Promise<T> {
  const response = await answered(await ask(path, posted(body), gone));
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await readPart(reader);
    text += decoder.decode(value, { stream: !done });
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) {
      const said = JSON.parse(line) as ProgressLine<T>;
      if ('result' in said) return said.result;
      if ('error' in said) throw new Failed(500, say(said.error));
      progress(said.total > 0 ? said.done / said.total : 0);
    }
    if (done) throw new Failed(0, t('noNetwork'));
  }
}

async function readPart(
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }> {
  try {
    return (await reader?.read()) ?? { done: true };
  } catch {
    throw new Failed(0, t('noNetwork'));
  }
}

/** A JPEG and when it was taken, in the gateway's time if it says so. Throws Failed. */
export async function picture(path: string): Promise<{ readonly jpeg: Blob; readonly taken?: number }> {
  const response = await answered(await ask(path));
  const said = Number(response.headers.get('x-taken-at') ?? Number.NaN);
  return { jpeg: await response.blob(), ...(Number.isFinite(said) ? { taken: said } : {}) };
}
