/**
 * What has to be put right: overdue first, then what waits for somebody to take it on, then by date; each with its photographs, who and until
 * when, and what this person may do about it now. Why somebody may not is said by the gateway, and never hidden in a missing button alone.
 */
import { useState } from 'preact/hooks';
import type { ShownRectification } from '../../core/canteen/canteen-view.ts';
import { isOver } from '../../core/rectify/evolve-rectify.ts';
import { rectifySources, rectifyStages } from '../../words/canteen/rectify-words.ts';
import { refusals } from '../../words/refusal-words.ts';
import {
  answeredBy,
  canteenWords,
  foundAt,
  openCounts,
  returnedBy,
  timesWithin,
  withUntil,
} from '../../words/screens/canteen-page-words.ts';
import { ShotTile } from '../alarm/shots.tsx';
import { dayTime } from '../page/format.ts';
import { say } from '../page/language.ts';
import { evidencePath } from './canteen-alarms.tsx';
import type { CanteenAnswer } from './canteen-poll.ts';
import { LedgerActs } from './ledger-acts.tsx';
import { OpenForm } from './open-form.tsx';

function Stills({ one }: { one: ShownRectification }) {
  const after = [...one.answers].reverse().find(({ picture }) => picture !== undefined)?.picture;
  if (one.picture === undefined && after === undefined) return null;
  return (
    <div class="stills">
      {one.picture && (
        <div class="framed">
          <ShotTile path={evidencePath(one.picture)} once label={say(canteenWords.before)} />
        </div>
      )}
      {after && (
        <div class="framed">
          <ShotTile path={evidencePath(after)} once label={say(canteenWords.after)} />
        </div>
      )}
    </div>
  );
}

function Course({ one, view }: { one: ShownRectification; view: CanteenAnswer }) {
  const time = (at: number) => dayTime(at, view.utcOffsetMin);
  const named = (by: string) => view.people.find(({ account }) => account === by)?.name ?? by;
  return (
    <ul class="rectified">
      <li>{say(foundAt(time(one.foundAt), rectifySources[one.source.from]))}</li>
      {one.who && one.due !== undefined && <li>{say(withUntil(one.who.name, time(one.due)))}</li>}
      {one.answers.map(({ by, at, text, returned }) => (
        <li key={at}>
          {say(answeredBy(named(by), time(at), text))}
          {returned && <p class="flag">{say(returnedBy(named(returned.by), time(returned.at), returned.reason))}</p>}
        </li>
      ))}
      {one.over && (
        <li>
          {time(one.over.at)} {named(one.over.by)} {say(rectifyStages[one.stage])} {one.over.reason}
        </li>
      )}
    </ul>
  );
}

function Entry({ one, view }: { one: ShownRectification; view: CanteenAnswer }) {
  return (
    <li class="rectification">
      <h3>
        {say(one.place.title)} · {say(one.offence.title)} <span class="tag">{say(rectifyStages[one.stage])}</span>{' '}
        {one.overdueSince !== undefined && <span class="flag">{say(canteenWords.overdue)}</span>}{' '}
        {one.times > 1 && <span class="flag">{say(timesWithin(one.times))}</span>} <small>#{one.id}</small>
      </h3>
      <p>{say(one.what)}</p>
      <Stills one={one} />
      <Course one={one} view={view} />
      {one.stage === 'answered' && one.bar && <p class="quiet">{say(refusals[one.bar])}</p>}
      <LedgerActs one={one} view={view} />
    </li>
  );
}

export function LedgerBox({ view }: { view: CanteenAnswer }) {
  const [opening, setOpening] = useState(false);
  const open = view.rectifications.filter(({ stage }) => !isOver(stage));
  const over = view.rectifications.filter(({ stage }) => isOver(stage));
  const late = open.filter(({ overdueSince }) => overdueSince !== undefined).length;
  return (
    <section class="box ledgerbox">
      <h2>
        {say(canteenWords.rectifications)} <small>{say(openCounts(open.length, late))}</small>
      </h2>
      {opening ? (
        <OpenForm view={view} close={() => setOpening(false)} />
      ) : (
        <p class="acts padded">
          <button type="button" class="btn" onClick={() => setOpening(true)}>
            {say(canteenWords.openByHand)}
          </button>
        </p>
      )}
      {open.length === 0 && <p class="quiet">{say(canteenWords.noRectifications)}</p>}
      <ul class="ledger">
        {open.map((one) => (
          <Entry key={one.id} one={one} view={view} />
        ))}
      </ul>
      {over.length > 0 && (
        <details>
          <summary>
            {say(canteenWords.done)} {over.length}
          </summary>
          <ul class="ledger">
            {over.map((one) => (
              <Entry key={one.id} one={one} view={view} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
