/**
 * The key of the district as this school knows it: as configured, or the one that was named at the first contact and is kept from then on.
 * What another key signs counts for nothing here, and is said. It must never take a new key by itself.
 */
import { join } from 'node:path';
import type { Words } from '../core/types.ts';
import { readVerifierKey, type Verifier, verifierKey, witnessedAt } from '../proof/signed-note.ts';
import { loadCursor, saveCursor } from '../store/cursor.ts';
import { districtWitnessChanged } from '../words/district/uplink-words.ts';

/** No line of a witness is longer. */
const LINE_MAX = 1_000;

export class WitnessPin {
  readonly #file: string;
  readonly #url: string;
  readonly #configured: boolean;
  #known: Verifier | undefined;
  #why: Words | undefined;

  /** `url`: whose key it is; that of another address is not asked for. */
  constructor(dir: string, url: string, configured: string | undefined) {
    this.#file = join(dir, 'district.witness.json');
    this.#url = url;
    this.#configured = configured !== undefined;
    const kept = loadCursor(this.#file) as { url?: unknown; key?: unknown } | null | undefined;
    const text = configured ?? (kept?.url === url ? String(kept.key) : '');
    this.#known = readVerifierKey(text);
  }

  get verifier(): Verifier | undefined {
    return this.#known;
  }

  readonly trouble = (): Words | undefined => this.#why;

  /** What the district says its key is. False where it is not the one that is known. */
  async meet(text: string): Promise<boolean> {
    const named = readVerifierKey(text);
    const same = named !== undefined && (!this.#known || verifierKey(named) === verifierKey(this.#known));
    // A key that is configured and cannot be read fits nobody.
    const fits = same && (!this.#configured || this.#known !== undefined);
    this.#why = fits ? undefined : districtWitnessChanged(this.#file);
    if (!fits || this.#known) return fits;
    await saveCursor(this.#file, { url: this.#url, key: verifierKey(named) });
    this.#known = named;
    return true;
  }

  /** The note with the line of the district under it, and when it signed, seconds since 1970; undefined where it did not. */
  cosigned(note: string, line: string): { readonly note: string; readonly seconds: number } | undefined {
    if (!this.#known || line.length > LINE_MAX) return undefined;
    const whole = `${note}${line.trim()}\n`;
    const seconds = witnessedAt(whole, this.#known);
    return seconds === undefined ? undefined : { note: whole, seconds };
  }
}
