/**
 * The screens' own sentences, zh-CN and en, one key each, and the language everything is shown in. A key without both
 * languages, or a use of a key that is not there, does not compile. Words of the trade stand in tables of their own, and
 * what the gateway sends (titles, troubles, refusals) brings its words along. It touches nothing but settings of this browser.
 */
import { signal } from '@preact/signals';
import type { Words } from '../../core/types.ts';
import { arming } from '../../words/screens/arming-words.ts';
import { audit } from '../../words/screens/audit-page-words.ts';
import { commission } from '../../words/screens/commission-words.ts';
import { handling } from '../../words/screens/handling-words.ts';
import { imports } from '../../words/screens/import-words.ts';
import { kpi } from '../../words/screens/kpi-words.ts';
import { pages } from '../../words/screens/page-words.ts';
import { wall } from '../../words/screens/wall-words.ts';

export type Lang = 'zh' | 'en';

/** All sentences. The files must not share a key: the spread would hide one. */
export const sentences = {
  ...wall,
  ...pages,
  ...handling,
  ...commission,
  ...kpi,
  ...arming,
  ...imports,
  ...audit,
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

/** A sentence, with its `{holes}` filled. An unfilled hole stays visible, so that it is noticed. */
export function t(key: Key, holes: Readonly<Record<string, string | number>> = {}): string {
  return sentences[key][lang.value].replace(/\{(\w+)\}/g, (whole, name: string) => String(holes[name] ?? whole));
}
