/**
 * The log book of a simulated night: what was true, what befell the machine and what was told, one under the other in the
 * school's local time, and at the end what the checkers found. For people to read; nothing is judged here.
 */
import type { Site, Time, Words } from '../core/types.ts';
import { gatewayEnded, marks, summaryChecked, summaryHead, summaryJournal, weekdays } from '../words/night-words.ts';
import { bothLanguages } from '../words/words.ts';
import { LogbookSentences } from './logbook-facts.ts';
import type { Seen } from './observed.ts';
import type { Judgement, Night } from './run.ts';

const minuteMs = 60_000;

function localTime(at: Time, { utcOffsetMin }: Site): string {
  return new Date(at + utcOffsetMin * minuteMs).toISOString().slice(11, 19);
}

function localDate(at: Time, { utcOffsetMin }: Site): string {
  const local = new Date(at + utcOffsetMin * minuteMs);
  return `${local.toISOString().slice(0, 10)} ${weekdays[local.getUTCDay()]}`;
}

/** Writes each sight as lines, in the order in which it happened. */
export function bookKeeper(site: Site, write: (line: string) => void): (seen: Seen) => void {
  const sentences = new LogbookSentences(site, (at) => localTime(at, site));
  let day = '';
  const put = (at: Time, mark: keyof typeof marks, words: Words) => {
    const today = localDate(at, site);
    if (today !== day) write(`\n${today}`);
    day = today;
    write(`${localTime(at, site)}  ${marks[mark]}  ${bothLanguages(words)}`);
  };
  return (seen) => {
    if (seen.what === 'true') put(seen.at, 'true', seen.words);
    else if (seen.what === 'machine') put(seen.at, 'machine', seen.words);
    else if (seen.what === 'kept') for (const words of sentences.of(seen.events)) put(seen.at, 'told', words);
    else if (seen.what === 'trouble' && seen.why) put(seen.at, 'told', seen.why);
    else if (seen.what === 'life' && seen.is === 'broken') put(seen.at, 'machine', gatewayEnded(seen.why ?? ''));
  };
}

const hours = (ms: number): string => (ms / 3_600_000).toFixed(1);

/** What the checkers looked at and found, as lines. */
export function summary({ story, seed, config }: Night, judgement: Judgement): string[] {
  const { checkers, findings, head, lives, tookMs } = judgement;
  const lines = [
    summaryHead(bothLanguages(story.title), String(seed), hours(tookMs), head.seq, lives),
    summaryJournal(head.hash),
    '',
    summaryChecked,
    ...checkers.map((one) => {
      const { looked, title } = one;
      const mark = one.findings.length > 0 ? '✗' : looked > 0 ? '✓' : '·';
      return `${mark} ${String(looked).padStart(8)}  ${bothLanguages(title)}`;
    }),
  ];
  for (const { checker, at, words } of findings)
    lines.push(`✗ ${localDate(at, config.site)} ${localTime(at, config.site)}  ${checker}  ${bothLanguages(words)}`);
  return lines;
}
