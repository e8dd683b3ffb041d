/**
 * Where what a phone has to send lies until the gateway has taken it: IndexedDB, which holds photographs and outlives the browser. It knows
 * how much may lie there and nothing of what it is. Where a browser has no such place, that is said by `false`, and nothing is kept.
 */

const DATABASE = 'gatehouse';
const STORE = 'outbox';
/** A night without network, by somebody who works; and what a cheap phone can spare. Ours. */
const itemsMax = 100;
const bytesMax = 40 * 1_024 ** 2;

interface Stored {
  readonly key: string;
  readonly photo?: ArrayBuffer;
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'key' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  opened.catch(() => {
    opened = undefined;
  });
  return opened;
}

async function within<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const transaction = (await open()).transaction(STORE, mode);
  const over = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
  const result = await asked(work(transaction.objectStore(STORE)));
  await over;
  return result;
}

/** Everything that lies there; nothing where there is no such place. */
export async function allKept<T extends Stored>(): Promise<readonly T[]> {
  try {
    return (await within('readonly', (store) => store.getAll())) as T[];
  } catch {
    return [];
  }
}

/** Puts one there, or in the place of one with its key. False: there is no room, or no such place, and nothing has changed. */
export async function putKept<T extends Stored>(item: T): Promise<boolean> {
  try {
    const others = (await allKept<T>()).filter(({ key }) => key !== item.key);
    const bytes = [...others, item].reduce((sum, { photo }) => sum + (photo?.byteLength ?? 0), 0);
    if (others.length >= itemsMax || bytes > bytesMax) return false;
    await within('readwrite', (store) => store.put(item));
    return true;
  } catch {
    return false;
  }
}

/** Takes one away. */
export async function dropKept(key: string): Promise<void> {
  await within('readwrite', (store) => store.delete(key)).catch(() => undefined);
}
