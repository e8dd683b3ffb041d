/**
 * Keeps the server's own certificate good while the gateway runs: looks once a minute, issues it anew sixty days before it runs
 * out, tells the server, and says what a person has to do. It must never make another root, and never keep the gateway from
 * anything: without it pages warn, and alarms are recorded and told as before.
 */
import type { Time, Words } from '../core/types.ts';
import { addressGone, authorityEnds, authorityNotYet, renewalFailed } from '../words/authority/authority-words.ts';
import { WordedError, wordsOf } from '../words/worded-error.ts';
import type { World } from '../world/world.ts';
import { type Authority, dayOf, isDue, issueAnew, readAuthority } from './authority-folder.ts';
import { ownAddresses } from './host-names.ts';

const lookMs = 60_000;
const dayMs = 86_400_000;
/** A summer's holidays and a term to plan the visit of every phone in; ours. */
const endsDays = 180;

/** What a person must know of certificates that are whole; `here` are the addresses of this machine. */
export function authorityTrouble(authority: Authority, here: readonly string[], now: Time): Words | undefined {
  const from = authority.root.validFromDate.getTime();
  if (now < from) return authorityNotYet(dayOf(from), dayOf(now));
  const until = authority.root.validToDate.getTime();
  if (until - now < endsDays * dayMs) return authorityEnds(dayOf(until));
  const gone = authority.here.filter((address) => !here.includes(address));
  return gone.length === 0 ? undefined : addressGone(gone.join(', '), here.join(', ') || '—');
}

/** What is wrong in a folder; `fatal` when its certificates cannot be used at all. */
export async function authorityGap(folder: string, now: Time): Promise<{ why: Words; fatal: boolean } | undefined> {
  try {
    const why = authorityTrouble(await readAuthority(folder), ownAddresses(), now);
    return why && { why, fatal: false };
  } catch (error) {
    return { why: wordsOf(error), fatal: true };
  }
}

export interface KeeperOptions {
  readonly folder: string;
  readonly world: World;
  /** Another certificate lies in the folder. May reject: the look after this one tells it again. */
  readonly renewed: () => Promise<unknown>;
  /** Addresses of this machine; for tests. */
  readonly addresses?: () => readonly string[];
}

export class CertificateKeeper {
  readonly #options: KeeperOptions;
  #trouble: Words | undefined;
  /** Which certificate the server was last told of. */
  #told: string | undefined;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  /** What is wrong, as of the last look. */
  trouble(): Words | undefined {
    return this.#trouble;
  }

  /** Looks once, and does what is due. */
  async look(): Promise<void> {
    try {
      this.#trouble = await this.#kept();
    } catch (error) {
      this.#trouble = wordsOf(error);
    }
  }

  /** Until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    const { world } = this.#options;
    while (!signal.aborted) {
      await this.look();
      await world.sleep(lookMs, signal).catch((error) => {
        if (!signal.aborted) throw error;
      });
    }
  }

  async #kept(): Promise<Words | undefined> {
    const { folder, world, addresses = ownAddresses } = this.#options;
    const now = world.now();
    const found = await readAuthority(folder);
    if (!isDue(found, now)) {
      await this.#tell(found);
      return authorityTrouble(found, addresses(), now);
    }
    try {
      await issueAnew(found, now);
    } catch (error) {
      if (!(error instanceof WordedError)) throw error;
      return renewalFailed(error.why, found.server && dayOf(found.server.validToDate.getTime()));
    }
    const made = await readAuthority(folder);
    if (made.server)
      world.log.info(`the server's certificate was renewed until ${dayOf(made.server.validToDate.getTime())}`);
    await this.#tell(made);
    return authorityTrouble(made, addresses(), now);
  }

  async #tell({ server }: Authority): Promise<void> {
    const print = server?.fingerprint256;
    if (print === this.#told) return;
    // The server reads the one that is there when it starts.
    await this.#options.renewed();
    this.#told = print;
  }
}
