/**
 * The addresses of people's calendars: who has one, giving one, and letting it lead nowhere. An address is shown once, right after it was
 * made, and kept nowhere on this page.
 */
import { useState } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import { dutyPage, givenAt } from '../../words/duty/duty-page-words.ts';
import { Failure } from '../page/failure.tsx';
import { dayTime } from '../page/format.ts';
import { command, giveCalendar } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { stale } from '../page/page-clock.ts';
import { site, you } from '../page/page-feed.ts';
import { useAct } from '../page/page-frame.tsx';
import { offset } from '../page/views.ts';
import { calendars, personName } from '../text/duty-text.ts';

function Row({ person }: { person: string }) {
  const [address, setAddress] = useState<string>();
  const { busy, failure, act } = useAct();
  const known = calendars.value[person];
  const give = () => void act(async () => setAddress(location.origin + (await giveCalendar(person))));
  const stop = () => {
    setAddress(undefined);
    void act(() => command({ do: 'withdraw-calendar', person }));
  };
  return (
    <li>
      <b>{personName(person)}</b>{' '}
      {known && <small>{say(givenAt(dayTime(known.at, offset.value), personName(known.by)))}</small>}
      <span class="acts">
        <button type="button" class="btn" disabled={busy || stale.value} onClick={give}>
          {say(known ? dutyPage.giveAnew : dutyPage.give)}
        </button>
        {known && (
          <button type="button" class="btn" disabled={busy || stale.value} onClick={stop}>
            {say(dutyPage.stop)}
          </button>
        )}
      </span>
      {address !== undefined && known && (
        <p class="address">
          {say(dutyPage.copyNow)} <code>{address}</code>
        </p>
      )}
      <Failure why={failure} />
    </li>
  );
}

export function CalendarsBox() {
  if (!you.value || !may(you.value.role, 'withdraw-calendar')) return null;
  return (
    <details class="box changes">
      <summary>
        <b>{say(dutyPage.calendars)}</b>
      </summary>
      <p class="hint">{say(dutyPage.calendarsNote)}</p>
      <ul>
        {Object.keys(site.value?.people ?? {}).map((id) => (
          <Row key={id} person={id} />
        ))}
      </ul>
    </details>
  );
}
