/**
 * Who can be reached by what: each person with his ladder, the addresses there are and lack, what came of tests, and whether he has
 * said that one arrived. Whoever was never reached by a test is marked, for nobody knows whether he would be by night.
 */
import { useState } from 'preact/hooks';
import { may } from '../../../core/act/act-roles.ts';
import { sight } from '../../../core/site/rights.ts';
import type { ChannelName, Rung, Site } from '../../../core/types.ts';
import type { ReachCell, ReachRow } from '../../../core/view/view-channels.ts';
import { wayWords } from '../../../words/reach/channel-kind-words.ts';
import { channelPage, rungWords } from '../../../words/reach/channel-page-words.ts';
import { Failure } from '../../page/failure.tsx';
import { dayTime } from '../../page/format.ts';
import { command } from '../../page/gateway-api.ts';
import { say } from '../../page/language.ts';
import { stale } from '../../page/page-clock.ts';
import { site, you } from '../../page/page-feed.ts';
import { useAct } from '../../page/page-frame.tsx';
import { offset } from '../../page/views.ts';
import { TestMark } from './channel-cards.tsx';
import { printOnboarding } from './onboarding-sheet.tsx';
import './reach-people.css';

/** `立即 值班群 → 60 秒 短信` */
export function ladderText(here: Site, ladder: readonly Rung[], speak = say): string {
  const known = (id: string) => here.channels[id]?.title ?? { zh: id, en: id };
  return ladder.map(({ channel, afterMs }) => speak(rungWords(afterMs / 1_000, known(channel)))).join(' → ');
}

function lacking({ each, names }: ChannelName): string {
  const way = each ?? names;
  if (way === undefined) return '';
  const sentence = each === undefined ? channelPage.notNamed : channelPage.noWay;
  return say(sentence).replace('{way}', say(wayWords[way]));
}

/** Who wants no more messages; put back once he has said that he does, and how he said it. */
function Off({ channel, person }: { channel: string; person: string }) {
  const { busy, failure, act } = useAct();
  const [open, setOpen] = useState(false);
  const [consent, setConsent] = useState('');
  const back = (event: Event) => {
    event.preventDefault();
    void act(() => command({ do: 'resubscribe', channel, person, consent: consent.trim() }));
  };
  const mayPut = you.value && may(you.value.role, 'resubscribe');
  return (
    <>
      <span class="flag">{say(channelPage.off)}</span>
      {mayPut && !open && (
        <button type="button" class="btn" disabled={stale.value} onClick={() => setOpen(true)}>
          {say(channelPage.offBack)}
        </button>
      )}
      {mayPut && open && (
        <form class="field consent" onSubmit={back}>
          <input
            required
            maxLength={200}
            aria-label={say(channelPage.consent)}
            placeholder={say(channelPage.consent)}
            value={consent}
            onInput={(e) => setConsent(e.currentTarget.value)}
          />
          <button type="submit" class="btn main" disabled={busy || stale.value || consent.trim() === ''}>
            {say(channelPage.consentGiven)}
          </button>
        </form>
      )}
      <Failure why={failure} />
    </>
  );
}

function Cell({ channel, cell, person }: { channel: ChannelName; cell: ReachCell; person: string }) {
  const { busy, failure, act } = useAct();
  const role = you.value?.role;
  const { test } = cell;
  const wish = { channel: channel.id, person };
  const mayTest = role && may(role, 'test-channel') && (cell.has || channel.each === undefined);
  const waits = role && may(role, 'confirm-test') && test?.phase === 'taken';
  if (!cell.has && channel.each !== undefined) return <span class="lack">{lacking(channel)}</span>;
  return (
    <div class="reach-cell">
      {!cell.has && <span class="lack">{lacking(channel)}</span>}
      {stale.value && '—'}
      {!stale.value && cell.off && <Off channel={channel.id} person={person} />}
      {!stale.value && test && (
        <span>
          <TestMark test={test} /> <small>{dayTime(test.confirmed?.at ?? test.at, offset.value)}</small>
        </span>
      )}
      {mayTest && test?.phase !== 'running' && (
        <button
          type="button"
          class="btn"
          disabled={busy || stale.value}
          onClick={() => void act(() => command({ do: 'test-channel', ...wish }))}
        >
          {say(channelPage.sendTest)}
        </button>
      )}
      {waits && (
        <button
          type="button"
          class="btn main"
          title={say(channelPage.receivedYes)}
          disabled={busy || stale.value}
          onClick={() => void act(() => command({ do: 'confirm-test', ...wish }))}
        >
          {say(channelPage.received)}
        </button>
      )}
      <Failure why={failure} />
    </div>
  );
}

function Row({ here, row }: { here: Site; row: ReachRow }) {
  const { person, ladder, cells, proven } = row;
  return (
    <tr>
      <td>
        <b>{person.name}</b>
        <br />
        {stale.value ? (
          '—'
        ) : proven ? (
          <small>{say(channelPage.proven)}</small>
        ) : (
          <span class="flag">{say(channelPage.untested)}</span>
        )}
      </td>
      <td>{ladder.length > 0 ? ladderText(here, ladder) : <span class="flag">{say(channelPage.screensOnly)}</span>}</td>
      {cells.map((cell) => (
        <td key={cell.channel}>
          <Cell channel={here.channels[cell.channel]!} cell={cell} person={person.id} />
        </td>
      ))}
      <td>
        <button type="button" class="btn" onClick={() => printOnboarding(row)}>
          {say(channelPage.sheet)}
        </button>
      </td>
    </tr>
  );
}

export function ReachPeople({ rows }: { rows: readonly ReachRow[] }) {
  const here = site.value;
  const role = you.value?.role;
  if (!here || !role) return null;
  const hidden = sight(role) === 'integrator';
  return (
    <section class={`box scroll ${stale.value ? 'hatch2' : ''}`}>
      <h2>{say(channelPage.people)}</h2>
      {rows.length === 0 && <p class="note">{say(hidden ? channelPage.personsHidden : channelPage.noPeople)}</p>}
      {rows.length > 0 && (
        <>
          <p class="detail small">{say(channelPage.peopleNote)}</p>
          <table class="plain reach">
            <thead>
              <tr>
                <th>{say(channelPage.person)}</th>
                <th>{say(channelPage.ladder)}</th>
                {rows[0]!.cells.map(({ channel }) => (
                  <th key={channel}>{say(here.channels[channel]!.title)}</th>
                ))}
                <th />
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.person.id} here={here} row={row} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}
