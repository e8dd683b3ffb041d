/**
 * Who was told of an alarm beyond the screens: when, by what, how far each message is, and who has not answered. How far it is the core
 * says; while data is stale only what had already been taken is said.
 */
import { useMemo } from 'preact/hooks';
import { lookup } from '../../core/site/lookup.ts';
import type { Alarm } from '../../core/types.ts';
import { noticesOf, type ShownNotice, toldPeople } from '../../core/view/view-telling.ts';
import {
  acceptedAt,
  answeredWords,
  dueAt,
  earlier,
  failedWords,
  givenUpWords,
  insteadOf,
  told,
} from '../../words/reach/told-words.ts';
import { hms } from '../page/format.ts';
import { say, t } from '../page/language.ts';
import { now, stale } from '../page/page-clock.ts';
import { select, site } from '../page/page-feed.ts';
import { offset } from '../page/views.ts';
import { whoText } from '../text/handling-text.ts';
import './who-told.css';

/** An alarm that nobody answers all night is told again and again. */
const shownMax = 12;

const time = (at: number) => hms(at, offset.value);

function channelText(id: string): string {
  const known = lookup(site.value?.channels ?? {}, id);
  return known ? say(known.title) : id;
}

/** How far a message is; what went wrong stands on a flag. */
function Phase({ notice }: { notice: ShownNotice }) {
  const { phase, at, sentAt = 0, tries, why } = notice;
  if (phase === 'accepted') return <>{say(acceptedAt(time(sentAt)))}</>;
  if (stale.value) return <>{t('unknown')}</>;
  if (phase === 'sending') return <>{say(told.sending)}</>;
  if (phase === 'waiting') return <>{say(at > now.value ? dueAt(time(at)) : told.queued)}</>;
  if (phase === 'unknown') return <span class="flag">{say(told.unknown)}</span>;
  return <span class="flag">{say((phase === 'failed' ? failedWords : givenUpWords)(tries, why))}</span>;
}

function whom({ people }: ShownNotice, each: boolean): string {
  if (people === undefined) return say(each ? told.withheld : told.readers);
  return people.map(whoText).join(t('listComma'));
}

function Message({ notice }: { notice: ShownNotice }) {
  const { channel, via, taken } = notice;
  const each = lookup(site.value?.channels ?? {}, channel)?.each !== undefined;
  const by = via === channel ? channelText(channel) : say(insteadOf(channelText(via), channelText(channel)));
  return (
    <li>
      <b>{by}</b>
      <span>
        {whom(notice, each)} {taken && <small>{say(told.taken)}</small>}
      </span>
      <span>
        <Phase notice={notice} />
      </span>
    </li>
  );
}

/** Those who were told by name: what they answered, and who has not while the alarm waits. */
function Answers({ alarm }: { alarm: Alarm }) {
  const here = site.value;
  if (!here || stale.value) return null;
  const people = toldPeople(here, alarm);
  const mute = alarm.acked ? [] : people.filter(({ answered }) => !answered);
  const answered = people.flatMap(({ person, answered: answer }) =>
    answer ? [`${whoText(person)} ${say(answeredWords[answer.how])} ${time(answer.at)}`] : [],
  );
  if (mute.length + answered.length === 0) return null;
  return (
    <p class="facts">
      {answered.map((text) => (
        <span key={text}>{text}</span>
      ))}
      {mute.length > 0 && (
        <span class="flag">
          {say(told.notAnswered)} {mute.map(({ person }) => whoText(person)).join(t('listComma'))}
        </span>
      )}
    </p>
  );
}

export function WhoTold({ alarm }: { alarm: Alarm }) {
  const shown = useMemo(
    () => select<readonly ShownNotice[]>((state, here) => noticesOf(here, state, alarm), []),
    [alarm],
  ).value;
  const channels = Object.keys(site.value?.channels ?? {}).length;
  if (channels === 0 && shown.length === 0) return null;
  const over = shown.length - shownMax;
  return (
    <section>
      <h3>{say(told.title)}</h3>
      {shown.length === 0 && <p class="small">{say(told.none)}</p>}
      {over > 0 && <p class="small">{say(earlier(over))}</p>}
      <ol class="who-told">
        {shown.slice(-shownMax).map((notice) => (
          <Message key={notice.id} notice={notice} />
        ))}
      </ol>
      <Answers alarm={alarm} />
    </section>
  );
}
