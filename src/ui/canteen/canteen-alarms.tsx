/** What happened in the canteen today, newest first, with the picture of each. It shows and acts on nothing: alarms are the desk's. */
import { useState } from 'preact/hooks';
import type { AlarmKind } from '../../core/types.ts';
import { canteenWords } from '../../words/screens/canteen-page-words.ts';
import { kinds } from '../../words/trade-words.ts';
import { ShotTile } from '../alarm/shots.tsx';
import { hms } from '../page/format.ts';
import { say } from '../page/language.ts';
import type { CanteenAnswer, DayAlarm } from './canteen-poll.ts';

const shownMax = 30;
const stateOf = ({ closedAt, returnedAt, known }: DayAlarm) => {
  if (closedAt !== undefined) return canteenWords.closed;
  if (known === false) return canteenWords.standsUnknown;
  return returnedAt === undefined ? canteenWords.stands : canteenWords.over;
};

export const evidencePath = (name: string) => `/api/canteen/evidence/${encodeURIComponent(name)}`;

function Row({ alarm, offset }: { alarm: DayAlarm; offset: number }) {
  const [open, setOpen] = useState(false);
  const kind = kinds[alarm.kind as AlarmKind];
  return (
    <>
      <tr>
        <td class="when">{hms(alarm.raisedAt, offset)}</td>
        <td class="what">
          {kind ? say(kind) : alarm.kind} {alarm.why && <small>{say(alarm.why)}</small>}
        </td>
        <td class="where">{alarm.title ? say(alarm.title) : alarm.device}</td>
        <td class={alarm.count > 1 ? 'n' : 'n just-one'}>{alarm.count ?? 1}</td>
        <td class="state">{say(stateOf(alarm))}</td>
        <td class="act">
          {alarm.picture && (
            <button type="button" class="btn plain" aria-expanded={open} onClick={() => setOpen(!open)}>
              {say(canteenWords.picture)}
            </button>
          )}
        </td>
      </tr>
      {open && alarm.picture && (
        <tr class="with-still">
          <td colSpan={6}>
            <div class="evidence-still">
              <div class="framed">
                {' '}
                <ShotTile
                  path={evidencePath(alarm.picture)}
                  once
                  label={alarm.title ? say(alarm.title) : alarm.device}
                />
              </div>
            </div>
          </td>
        </tr>
      )}
    </>
  );
}

export function AlarmsBox({ view }: { view: CanteenAnswer }) {
  const { alarms, utcOffsetMin } = view;
  return (
    <section class="box alarmsbox">
      <h2>{say(canteenWords.today)}</h2>
      {alarms.length === 0 ? (
        <p class="quiet">{say(canteenWords.noAlarms)}</p>
      ) : (
        <div class="scroll">
          <table class="plain tight">
            <thead>
              <tr>
                <th>{say(canteenWords.at)}</th>
                <th>{say(canteenWords.what)}</th>
                <th>{say(canteenWords.where)}</th>
                <th class="n">{say(canteenWords.count)}</th>
                <th>{say(canteenWords.state)}</th>
                <th>{say(canteenWords.picture)}</th>
              </tr>
            </thead>
            <tbody>
              {alarms.slice(0, shownMax).map((alarm) => (
                <Row key={alarm.id} alarm={alarm} offset={utcOffsetMin} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
