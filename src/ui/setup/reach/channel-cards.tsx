/**
 * One card for each channel: what it is, whether it takes messages, what came of its last test and why, and a button that sends one.
 * It asks the core how a channel stands; while data is stale it says nothing of that.
 */
import { useState } from 'preact/hooks';
import { may } from '../../../core/act/act-roles.ts';
import { lookup } from '../../../core/site/lookup.ts';
import { sight } from '../../../core/site/rights.ts';
import type { Site, Words } from '../../../core/types.ts';
import type { ChannelRow, ShownTest } from '../../../core/view/view-channels.ts';
import { channelKindWords, wayWords } from '../../../words/reach/channel-kind-words.ts';
import {
  channelPage,
  dailyAt,
  dailyWords,
  downWords,
  failsWords,
  pausedWords,
  perMinWords,
  testedBy,
  toGroup,
  toPersons,
} from '../../../words/reach/channel-page-words.ts';
import { Failure } from '../../page/failure.tsx';
import { dayTime, hm } from '../../page/format.ts';
import { command } from '../../page/gateway-api.ts';
import { say } from '../../page/language.ts';
import { stale } from '../../page/page-clock.ts';
import { site, you } from '../../page/page-feed.ts';
import { useAct } from '../../page/page-frame.tsx';
import { offset } from '../../page/views.ts';
import { whoText } from '../../text/handling-text.ts';
import './channel-cards.css';

/** The title of a channel; its id where there is none such any more. */
export function channelText(id: string): string {
  const known = lookup(site.value?.channels ?? {}, id);
  return known ? say(known.title) : id;
}

/** Why a test came to nothing. */
const whyText = ({ why }: ShownTest): string => say(why ?? channelPage.interrupted);

/** What came of a test, in a word. */
export function TestMark({ test }: { test: ShownTest }) {
  const text = say(channelPage[test.phase]);
  if (test.phase !== 'failed' && test.phase !== 'unheard') return <>{text}</>;
  return <span class="flag">{text}</span>;
}

function Standing({ row }: { row: ChannelRow }) {
  const { works, fails, failsSince = 0, pausedUntil } = row;
  if (stale.value) return <small>{say(channelPage.stale)}</small>;
  const since = dayTime(failsSince, offset.value);
  return (
    <>
      {!works && <span class="flag">{say(downWords(fails, since))}</span>}
      {works && fails > 0 && <span class="flag">{say(failsWords(fails, since))}</span>}
      {works && fails === 0 && <small>{say(channelPage.works)}</small>}
      {pausedUntil !== undefined && <small>{say(pausedWords(hm(pausedUntil, offset.value)))}</small>}
    </>
  );
}

function LastTest({ row: { test, tested, daily } }: { row: ChannelRow }) {
  if (stale.value) return <>—</>;
  const missing = daily === 'daily' ? tested === false : !test?.today;
  return (
    <>
      {test ? (
        <>
          {dayTime(test.at, offset.value)} {test.person !== undefined && whoText(test.person)} <TestMark test={test} />{' '}
          <small>{say(testedBy(test.by === undefined ? undefined : whoText(test.by)))}</small>
          {(test.phase === 'failed' || test.phase === 'unheard') && <p>{whyText(test)}</p>}
        </>
      ) : (
        say(channelPage.testNone)
      )}{' '}
      {missing && !test?.today && <span class="flag">{say(channelPage.notToday)}</span>}
    </>
  );
}

/** When it is tried by itself. */
function dailyText(here: Site, { daily, testTo }: ChannelRow): Words {
  if (daily !== 'daily') return dailyWords[daily];
  const minute = here.channelTests?.minute ?? 0;
  const two = (n: number) => String(n).padStart(2, '0');
  const time = `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  return dailyAt(time, testTo === undefined ? undefined : whoText(testTo));
}

function readersText({ each, names }: ChannelRow['channel']): string {
  if (each !== undefined) return say(toPersons(wayWords[each]));
  return say(names === undefined ? channelPage.toReaders : toGroup(wayWords[names]));
}

function Send({ row: { channel } }: { row: ChannelRow }) {
  const [person, choose] = useState('');
  const { busy, failure, act } = useAct();
  const role = you.value?.role;
  if (!role || !may(role, 'test-channel')) return null;
  const { id, each } = channel;
  const some = Object.values(site.value?.people ?? {}).filter(({ ways }) => each !== undefined && ways?.includes(each));
  if (each !== undefined && some.length === 0)
    return (
      <p class="small">{say(sight(role) === 'integrator' ? channelPage.personsHidden : channelPage.nobodyHasWay)}</p>
    );
  const wish = { do: 'test-channel', channel: id, ...(each !== undefined && { person }) } as const;
  return (
    <div class="acts">
      {each !== undefined && (
        <select
          class="pick"
          aria-label={say(channelPage.testPerson)}
          value={person}
          onChange={(e) => choose(e.currentTarget.value)}
        >
          <option value="">{say(channelPage.choosePerson)}</option>
          {some.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      )}
      <button
        type="button"
        class="btn"
        disabled={busy || stale.value || (each !== undefined && person === '')}
        onClick={() => void act(() => command(wish))}
      >
        {say(channelPage.sendTest)}
      </button>
      <Failure why={failure} />
    </div>
  );
}

function Card({ row }: { row: ChannelRow }) {
  const here = site.value;
  const { channel } = row;
  const kind = lookup(channelKindWords, channel.kind ?? '');
  if (!here) return null;
  return (
    <section class={`box detail way-card ${stale.value ? 'hatch2' : ''}`}>
      <h2>
        {say(channel.title)} <small>{kind ? say(kind.title) : channel.kind}</small>
      </h2>
      <p class="acts">
        <Standing row={row} />
      </p>
      <dl class="way-facts">
        <dt>{say(channelPage.test)}</dt>
        <dd>
          <LastTest row={row} />
        </dd>
        <dt />
        <dd class="small">{say(dailyText(here, row))}</dd>
        <dt>{say(channelPage.sendsTo)}</dt>
        <dd>{readersText(channel)}</dd>
        {kind && (
          <>
            <dt>{say(channelPage.needs)}</dt>
            <dd>{say(kind.needs)}</dd>
          </>
        )}
        <dt>{say(channelPage.instead)}</dt>
        <dd>{channel.instead === undefined ? say(channelPage.insteadNone) : channelText(channel.instead)}</dd>
      </dl>
      {channel.perMin !== undefined && <p class="small">{say(perMinWords(channel.perMin))}</p>}
      {channel.alarmsOnly && <p class="small">{say(channelPage.alarmsOnly)}</p>}
      <Send row={row} />
    </section>
  );
}

export function ChannelCards({ rows }: { rows: readonly ChannelRow[] }) {
  return (
    <div class="way-cards">
      {rows.map((row) => (
        <Card key={row.channel.id} row={row} />
      ))}
    </div>
  );
}
