/**
 * The service worker of a guard's phone: it keeps the empty page with its scripts, so that the page opens without a network and says so.
 * It must never keep or answer anything that holds data: what is asked of the gateway goes to the gateway or nowhere.
 */

/** Written in front of this file when the screens are built: what the phone's pages are made of, and a mark of just these files. */
declare const SHELL: { readonly version: string; readonly files: readonly string[] };

interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface AskedEvent extends WorkerEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface WorkerScope {
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(kind: 'install' | 'activate', hear: (event: WorkerEvent) => void): void;
  addEventListener(kind: 'fetch', hear: (event: AskedEvent) => void): void;
}
const worker = self as unknown as WorkerScope;

const PAGE = '/m';
const CACHE = `gatehouse shell ${SHELL.version}`;
/** A network that is dead often lets a request hang; the page that says so must not wait with it. Ours. */
const LIMIT_MS = 4_000;

async function keepShell(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll([PAGE, ...SHELL.files]);
  await worker.skipWaiting();
}

/** What an earlier version kept goes with it. */
async function takeOver(): Promise<void> {
  const all = await caches.keys();
  await Promise.all(all.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** The gateway's page, or the kept one when it cannot be had. */
async function page(request: Request): Promise<Response> {
  const asked = fetch(request);
  const kept = async () => (await caches.match(PAGE)) ?? asked;
  const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), LIMIT_MS));
  try {
    const first = await Promise.race([asked, late]);
    return first === 'late' ? await kept() : first;
  } catch {
    return kept();
  }
}

worker.addEventListener('install', (event) => event.waitUntil(keepShell()));
worker.addEventListener('activate', (event) => event.waitUntil(takeOver()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') {
    if (/^\/m(\/|$)/.test(pathname)) event.respondWith(page(request));
  } else if (SHELL.files.includes(pathname)) {
    event.respondWith(caches.match(request).then((found) => found ?? fetch(request)));
  }
});
