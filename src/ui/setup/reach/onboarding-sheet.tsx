/**
 * The sheet for a person who shall be told of alarms, printed in his language: what he gets by which channel and when, and what to do
 * with it. It is only seen on paper, and holds no number of anybody: the line for the desk's is left for a pen.
 */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Language, Rung, Site, Words } from '../../../core/types.ts';
import type { ReachRow } from '../../../core/view/view-channels.ts';
import { wayWords } from '../../../words/reach/channel-kind-words.ts';
import {
  arrivesAt,
  arrivesInGroup,
  onboarding,
  printedAt,
  quietHours,
  rungAfter,
} from '../../../words/reach/onboarding-words.ts';
import { stamp } from '../../page/format.ts';
import { now } from '../../page/page-clock.ts';
import { site } from '../../page/page-feed.ts';
import { offset } from '../../page/views.ts';

/** Who is on the sheet. */
const printed = signal<ReachRow | undefined>(undefined);
/** Counts how often printing was asked for. */
const asked = signal(0);

/** Puts a person on the sheet and opens the browser's way to print it. */
export function printOnboarding(row: ReachRow): void {
  printed.value = row;
  asked.value++;
}

const todo = ['doRead', 'doTake', 'doCannot', 'doTaken', 'doTwo', 'doPair', 'doTest', 'doChanged', 'silent'] as const;

const clockText = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Where the message of a rung arrives. */
function whereOf(here: Site, row: ReachRow, { channel }: Rung): Words {
  const known = here.channels[channel]!;
  if (known.each !== undefined) return arrivesAt(wayWords[known.each]);
  const named = row.cells.some((cell) => cell.channel === channel && cell.has);
  return arrivesInGroup(known.title, named);
}

function Ladder({ here, row, speak }: { here: Site; row: ReachRow; speak: (words: Words) => string }) {
  const proven = (channel: string) => row.cells.find((cell) => cell.channel === channel)?.test?.confirmed !== undefined;
  return (
    <table class="plain">
      <thead>
        <tr>
          {(['when', 'by', 'where', 'tested'] as const).map((key) => (
            <th key={key}>{speak(onboarding[key])}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {row.ladder.map((rung) => (
          <tr key={`${rung.afterMs} ${rung.channel}`}>
            <td>{speak(rungAfter(rung.afterMs / 1_000))}</td>
            <td>{speak(here.channels[rung.channel]!.title)}</td>
            <td>{speak(whereOf(here, row, rung))}</td>
            <td>{proven(rung.channel) ? '✓' : '□'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function OnboardingSheet() {
  const times = asked.value;
  useEffect(() => {
    if (times > 0) window.print();
  }, [times]);
  const row = printed.value;
  const here = site.value;
  // Without a sheet the page prints as it is.
  useEffect(() => {
    if (row) document.documentElement.dataset.sheet = '';
    return () => {
      delete document.documentElement.dataset.sheet;
    };
  }, [row]);
  if (!row || !here) return null;
  const { person } = row;
  const language: Language = person.language ?? 'zh';
  const speak = (words: Words) => words[language];
  return (
    <section class="printed" lang={language === 'zh' ? 'zh-CN' : 'en'} aria-hidden="true">
      <h1>{speak(onboarding.title)}</h1>
      <dl>
        {(
          [
            [onboarding.school, speak(here.name)],
            [onboarding.person, person.name],
            [onboarding.desk, ''],
          ] as const
        ).map(([label, text]) => (
          <div key={label.en}>
            <dt>{speak(label)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <h2>{speak(onboarding.how)}</h2>
      {row.ladder.length > 0 ? <Ladder here={here} row={row} speak={speak} /> : <p>{speak(onboarding.none)}</p>}
      <p>
        {speak(onboarding.answered)}{' '}
        {person.quiet && speak(quietHours(clockText(person.quiet.from), clockText(person.quiet.to)))}
      </p>
      <h2>{speak(onboarding.doTitle)}</h2>
      <ol>
        {todo.map((key) => (
          <li key={key}>{speak(onboarding[key])}</li>
        ))}
      </ol>
      <ul class="signs">
        <li>
          <b>{speak(onboarding.signed)}</b>
          <span>{speak(onboarding.date)}</span>
        </li>
      </ul>
      <p>{speak(printedAt(stamp(now.value, offset.value)))}</p>
    </section>
  );
}
