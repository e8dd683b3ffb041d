/**
 * The screens' own sentences, zh-CN and en, one key each, and the language everything is shown in. A key without both
 * languages, or a use of a key that is not there, does not compile. Words of the trade stand in tables of their own, and
 * what the gateway sends (titles, troubles, refusals) brings its words along. It touches nothing but settings of this browser.
 */
import { signal } from '@preact/signals';
import type { Words } from '../../core/types.ts';
import { handling } from '../../words/screens/handling-words.ts';
import { pages } from '../../words/screens/page-words.ts';
import { wall } from '../../words/screens/wall-words.ts';

export type Lang = 'zh' | 'en';

/** What several pages say. The files must not share a key: the spread would hide one. What one page says alone comes with it, by `speaker`. */
export const sentences = {
  ...wall,
  ...pages,
  ...handling,
} as const satisfies Record<string, Words>;
export type Key = keyof typeof sentences;

const KEPT = 'gatehouse.lang';

function firstLang(): Lang {
  const asked = new URLSearchParams(location.search).get('lang');
  if (asked === 'zh' || asked === 'en') return asked;
  return kept(KEPT) === 'en' ? 'en' : 'zh';
}

/** A setting of this browser; null where storage is forbidden. */
export function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Keeps a setting of this browser; returns false where storage is forbidden, and the setting then lasts as long as the page. */
export function keep(name: string, value: string): boolean {
  try {
    localStorage.setItem(name, value);
    return true;
  } catch {
    return false;
  }
}

export const lang = signal<Lang>(firstLang());

/** Changes the language of every open sentence at once. */
export function speak(next: Lang): void {
  lang.value = next;
  keep(KEPT, next);
}

/** The text of `Words` in the language of this browser. */
export function say(words: Words): string {
  return words[lang.value];
}

/** A sentence in the language of this browser, with its `{holes}` filled. An unfilled hole stays visible, so that it is noticed. */
export function fill(words: Words, holes: Readonly<Record<string, string | number>>): string {
  return say(words).replace(/\{(\w+)\}/g, (whole, name: string) => String(holes[name] ?? whole));
}

/** What says some of these sentences otherwise: the bureau's pages, which are not a gateway's. */
const otherwise: Partial<Record<Key, Words>> = {};

/** Says these sentences so from now on; before the first page is shown. */
export function reword(some: Partial<Record<Key, Words>>): void {
  Object.assign(otherwise, some);
}

/**
 * Says by key the sentences of all pages and those of `own`, a table that is loaded with what says them and nowhere else. No key of it
 * may stand in another table, which a test holds.
 */
export function speaker<const Own extends Readonly<Record<string, Words>>>(own: Own) {
  const table: Readonly<Record<string, Words>> = { ...sentences, ...own };
  return (key: Key | (keyof Own & string), holes: Readonly<Record<string, string | number>> = {}): string =>
    fill((otherwise as Readonly<Record<string, Words>>)[key] ?? table[key]!, holes);
}

/** A sentence of all pages by its key. */
export const t = speaker({});
