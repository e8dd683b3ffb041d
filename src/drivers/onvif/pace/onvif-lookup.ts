/**
 * Names of cameras, so that a dead DNS server costs nobody more than a second: each name is asked for once at a time, and
 * what it last was is used when the answer is late or fails. The system's own look-up blocks one of four threads for as long
 * as it takes, which the whole process shares; so few may be under way. It must never make up an address.
 */
import dns, { type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** With an older answer at hand a late one is waited for no longer than this. */
const LATE_MS = 1_000;
/** Look-ups under way at most. */
const AT_ONCE = 2;

const last = new Map<string, LookupAddress[]>();
const asking = new Map<string, Promise<LookupAddress[]>>();
const waiting: (() => void)[] = [];
let underWay = 0;

async function look(name: string): Promise<LookupAddress[]> {
  if (underWay >= AT_ONCE) await new Promise<void>((go) => waiting.push(go));
  underWay++;
  try {
    const found = await dns.promises.lookup(name, { all: true });
    last.set(name, found);
    return found;
  } finally {
    underWay--;
    asking.delete(name);
    waiting.shift()?.();
  }
}

function ask(name: string): Promise<LookupAddress[]> {
  const asked = asking.get(name) ?? look(name);
  asking.set(name, asked);
  return asked;
}

/** The addresses of a name, for a socket that is about to connect. */
export const rememberedLookup: LookupFunction = (name, { all, family }, done) => {
  const known = last.get(name);
  let told = false;
  const tell = (found: LookupAddress[]): void => {
    if (told) return;
    told = true;
    clearTimeout(late);
    const fits = found.filter((one) => !family || one.family === family || family === `IPv${one.family}`);
    const [first] = fits;
    if (!first) return done(Object.assign(new Error(`${name} has no such address`), { code: 'ENOTFOUND' }), '');
    if (all) done(null, fits);
    else done(null, first.address, first.family);
  };
  const late = known && setTimeout(() => tell(known), LATE_MS);
  ask(name).then(tell, (error: NodeJS.ErrnoException) => {
    if (known) tell(known);
    else if (!told) done(error, '');
  });
};
