/**
 * The log book of a simulated night: what was true, what befell the machine and what was told, one under the other in the
 * school's local time, and at the end what the checkers found. For people to read; nothing is judged here.
 */
import type { Site, Time, Words } from '../core/types.ts';
import { Sentences } from './logbook-facts.ts';
import type { Seen } from './observed.ts';
import type { Judgement, Night } from './run.ts';

const minuteMs = 60_000;
const days = ['日', '一', '二', '三', '四', '五', '六'] as const;
const both = ({ zh, en }: Words): string => (zh === en ? zh : `${zh} / ${en}`);
const marks = {
  true: '实 true   ',
  machine: '机 machine',
  told: '报 told   ',
} as const;

function localTime(at: Time, { utcOffsetMin }: Site): string {
  return new Date(at + utcOffsetMin * minuteMs).toISOString().slice(11, 19);
}

function localDate(at: Time, { utcOffsetMin }: Site): string {
  const local = new Date(at + utcOffsetMin * minuteMs);
  return `${local.toISOString().slice(0, 10)} 星期${days[local.getUTCDay()]}`;
}

/** Writes each sight as lines, in the order in which it happened. */
export function bookKeeper(site: Site, write: (line: string) => void): (seen: Seen) => void {
  const sentences = new Sentences(site);
  let day = '';
  const put = (at: Time, mark: keyof typeof marks, words: Words) => {
    const today = localDate(at, site);
    if (today !== day) write(`\n${today}`);
    day = today;
    write(`${localTime(at, site)}  ${marks[mark]}  ${both(words)}`);
  };
  return (seen) => {
    if (seen.what === 'true') put(seen.at, 'true', seen.words);
    else if (seen.what === 'machine') put(seen.at, 'machine', seen.words);
    else if (seen.what === 'kept') for (const words of sentences.of(seen.events)) put(seen.at, 'told', words);
    else if (seen.what === 'trouble' && seen.why) put(seen.at, 'told', seen.why);
    else if (seen.what === 'life' && seen.is === 'broken')
      put(seen.at, 'machine', { zh: `网关停机：${seen.why}`, en: `the gateway ended: ${seen.why}` });
  };
}

const hours = (ms: number): string => (ms / 3_600_000).toFixed(1);

/** What the checkers looked at and found, as lines. */
export function summary({ story, seed, config }: Night, judgement: Judgement): string[] {
  const { checkers, findings, head, lives, tookMs } = judgement;
  const lines = [
    `${both(story.title)} · 种子 seed ${seed} · ${hours(tookMs)} h · ${head.seq} 条 events · 进程 processes ${lives}`,
    `日志 journal ${head.hash}`,
    '',
    '核对 checked',
    ...checkers.map((one) => {
      const { looked, title } = one;
      const mark = one.findings.length > 0 ? '✗' : looked > 0 ? '✓' : '·';
      return `${mark} ${String(looked).padStart(8)}  ${both(title)}`;
    }),
  ];
  for (const { checker, at, words } of findings)
    lines.push(`✗ ${localDate(at, config.site)} ${localTime(at, config.site)}  ${checker}  ${both(words)}`);
  return lines;
}
