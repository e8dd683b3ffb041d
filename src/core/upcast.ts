/**
 * Facts that an earlier version wrote, read as this version would have written them. The journal keeps every byte as it was
 * (the hash chain rests on it); only what is read passes through here, so the rest of the program knows one language.
 * Pure. A name that stands in one of these tables must never be used again with another meaning.
 */
import type { Event, Words } from './types.ts';

/** What kinds of facts were called before. */
const kinds: Readonly<Record<string, Event['kind']>> = {
  sensed: 'detected',
  returned: 'returned-to-normal',
  armed: 'zone-armed',
  set: 'area-armed',
  entered: 'entry-started',
  lapsed: 'entry-expired',
  walking: 'walk-started',
  walked: 'walk-ended',
  hit: 'zone-tested',
  eased: 'zone-restored',
  seen: 'displayed',
};

/** What fields were called before, in facts and in what they hold. */
const fields: Readonly<Record<string, string>> = {
  taken: 'sourceTime',
  standing: 'active',
  holds: 'active',
  quiet: 'covert',
  sign: 'detection',
};

/** What values were called before, by the field they stand in. */
const values: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  do: { arm: 'arm-zone', set: 'arm-area' },
  mode: { bypassed: 'inhibited', out: 'out-of-service' },
  detection: { mute: 'no-data' },
};
/** Reasons of facts, by kind: other kinds hold sentences in a field of the same name. */
const reasons: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  escalated: { unpainted: 'not-displayed' },
  unshelved: { returned: 'returned-to-normal' },
};

/** Kinds whose `why` is a sentence. It was one string of both languages, `中文 / English`; now it is Words. */
const worded: ReadonlySet<unknown> = new Set<Event['kind']>(['linked', 'raised', 'returned-to-normal', 'done']);

/** How much of a text is Chinese, from 0 to 1; marks, figures and spaces do not count. */
function chineseShare(text: string): number {
  const chinese = text.match(/[\u3400-\u9fff]/g)?.length ?? 0;
  // One character says about as much as a word of four letters.
  const latin = (text.match(/[A-Za-z]/g)?.length ?? 0) / 4;
  return chinese === 0 ? 0 : chinese / (chinese + latin);
}

/**
 * A joined sentence of an earlier version in its two halves. What it quotes (the message of an error, a title) may hold the
 * mark between the halves too. Both halves quote the same, so an even number of parts is cut in the middle; with an odd
 * number the English begins at the first part that is mostly Latin. A sentence in one language serves for both.
 */
function halves(text: string): Words {
  const parts = text.split(' / ');
  const latin = parts.findIndex((part, i) => i > 0 && chineseShare(part) < 0.5);
  const cut = parts.length % 2 === 0 ? parts.length / 2 : latin;
  if (cut < 1 || chineseShare(text) === 0) return { zh: text, en: text };
  return { zh: parts.slice(0, cut).join(' / '), en: parts.slice(cut).join(' / ') };
}

const oldCause = /^sense\/(.*)\/([^/]*)$/;
/** The cause of an alarm that the gateway's own detection raised: `sense/z4/mute.3` is `detection/z4/no-data.3`. */
function causeOf(cause: unknown): unknown {
  const found = typeof cause === 'string' ? oldCause.exec(cause) : null;
  return found ? `detection/${found[1]}/${found[2]!.replace(/^mute(?=\.|$)/, 'no-data')}` : cause;
}

function renamedValue(field: string, value: unknown): unknown {
  if (field === 'cause') return causeOf(value);
  if (field === 'active' && Array.isArray(value)) return value.map(causeOf);
  if (field === 'held' || field === 'command') return rewritten(value as Record<string, unknown>);
  if (typeof value !== 'string') return value;
  const renamed = values[field];
  return (renamed && Object.hasOwn(renamed, value) && renamed[value]) || value;
}

function rewritten(old: Readonly<Record<string, unknown>>): Record<string, unknown> {
  // A loop, because a replay of an old journal comes here for nearly every fact.
  const next: Record<string, unknown> = {};
  for (const name of Object.keys(old)) {
    const field = fields[name] ?? name;
    next[field] = renamedValue(field, old[name]);
  }
  return next;
}

/**
 * Whether a fact may hold something of an earlier version; cheap, because a replay asks it of every fact. Most of a journal
 * are readings, and of their fields only one was ever renamed.
 */
function mayBeOld(event: Readonly<Record<string, unknown>>): boolean {
  if (event.kind === 'read') return event.taken !== undefined;
  return (
    kinds[event.kind as string] !== undefined ||
    event.kind === 'refused' ||
    reasons[event.kind as string] !== undefined ||
    'taken' in event ||
    'standing' in event ||
    'quiet' in event ||
    (typeof event.why === 'string' && worded.has(event.kind))
  );
}

/** A fact as it lies in the journal, as this version reads it. What is of this version already is given back as it is. */
export function upcast(stored: Event): Event {
  const event = stored as unknown as Readonly<Record<string, unknown>>;
  if (!mayBeOld(event)) return stored;
  const kind = event.kind as string;
  const next = rewritten(event);
  next.kind = kinds[kind] ?? kind;
  const why = reasons[kind]?.[event.why as string];
  if (why !== undefined) next.why = why;
  else if (typeof event.why === 'string' && worded.has(next.kind)) next.why = halves(event.why);
  return next as unknown as Event;
}

/** Every name under which facts of these kinds may lie in a journal. */
export function storedNames(wanted: readonly string[]): string[] {
  const old = Object.entries(kinds).flatMap(([before, now]) => (wanted.includes(now) ? [before] : []));
  return [...wanted, ...old];
}
