/**
 * The operator's desk: alarms by what they wait for, one of them in full, and arming by hand. Silence, acknowledge and
 * close are three different things here. Everything works from the keyboard.
 */
import { computed, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { may } from '../../core/rights.ts';
import type { Alarm } from '../../core/types.ts';
import { phaseOf } from '../../core/view.ts';
import { detailOf, phaseText, reasonText, titleOf, whatOf } from '../alarmtext.ts';
import { command, read } from '../api.ts';
import { stale } from '../clock.ts';
import { gap, look, site, you } from '../feed.ts';
import { clockSpan, hms, stamp } from '../format.ts';
import { Badge } from '../parts/badge.tsx';
import { CloseForm } from '../parts/close.tsx';
import { cameraOf, evidencePath, picturePath } from '../parts/evidence.tsx';
import { Desk, Show, useAct, useLoaded } from '../parts/frame.tsx';
import { AlarmItem, ageOf } from '../parts/item.tsx';
import { ShotTile } from '../parts/shots.tsx';
import { Timeline } from '../parts/timeline.tsx';
import { ZoneTable } from '../parts/zones.tsx';
import { reportAs } from '../report.ts';
import { noisy, silence, silentSeconds, sound, speakUp } from '../speaker.ts';
import { alarms, closed, offset, upkeep } from '../views.ts';
import { type Key, say, t } from '../words.ts';

type Tab = 'waiting' | 'handled' | 'toClose' | 'closed' | 'upkeep' | 'zones';

const tab = signal<Tab>('waiting');
const chosenId = signal<number | undefined>(undefined);
const lists = computed<Readonly<Record<Exclude<Tab, 'closed' | 'zones'>, readonly Alarm[]>>>(() => ({
  waiting: alarms.value.filter((a) => !a.acked),
  handled: alarms.value.filter((a) => phaseOf(a) === 'acked'),
  toClose: alarms.value.filter((a) => phaseOf(a) === 'to-close'),
  upkeep: upkeep.value,
}));
const shown = computed(() => (tab.value === 'closed' || tab.value === 'zones' ? [] : lists.value[tab.value]));
const open = look<readonly Alarm[]>((state) => [...state.alarms.values()], []);
/** The chosen alarm wherever it went, so that an acknowledged one stays in view; else the first of the list. */
const current = computed(() => open.value.find((a) => a.id === chosenId.value) ?? shown.value[0]);

const tabs: readonly (readonly [Tab, Key, Key])[] = [
  ['waiting', 'tabWaiting', 'emptyWaiting'],
  ['handled', 'tabHandled', 'emptyHandled'],
  ['toClose', 'tabToClose', 'emptyToClose'],
  ['closed', 'tabClosed', 'emptyClosed'],
  ['upkeep', 'tabUpkeep', 'emptyUpkeep'],
  ['zones', 'tabZones', 'emptyZones'],
];

function goTo(next: Tab): void {
  tab.value = next;
  chosenId.value = undefined;
}

function Tabs() {
  return (
    <div class="tabs" role="tablist">
      {tabs.map(([id, key]) => (
        <button key={id} type="button" role="tab" aria-selected={tab.value === id} onClick={() => goTo(id)}>
          {t(key)}
          {id !== 'closed' && id !== 'zones' && <b>{stale.value ? '—' : lists.value[id].length}</b>}
        </button>
      ))}
      <span class="fill" />
      {gap.value > 0 && (
        <button
          type="button"
          class="btn"
          onClick={() => {
            gap.value = 0;
          }}
        >
          {t('gap', { n: gap.value })} · {t('dismiss')}
        </button>
      )}
      {sound.value === 'blocked' && <span class="flag">{t('soundBlocked')}</span>}
      <button type="button" class="btn" disabled={!noisy.value} onClick={silence}>
        {silentSeconds.value > 0 ? t('silenced', { left: clockSpan(silentSeconds.value * 1000) }) : t('silence')}
      </button>
    </div>
  );
}

function Pictures({ alarm }: { alarm: Alarm }) {
  const camera = cameraOf(alarm);
  if (!camera) return null;
  return (
    <div class="pics">
      <ShotTile
        path={alarm.picture === undefined ? undefined : evidencePath(alarm.picture)}
        once
        label={t('evidencePicture')}
        empty={t('noEvidence')}
      />
      <ShotTile path={picturePath(camera)} label={`${t('livePicture')} · ${say(camera.title)}`} />
    </div>
  );
}

function Detail({ alarm }: { alarm: Alarm }) {
  const { busy, failure, act } = useAct();
  const role = you.value?.role;
  const acknowledge = () => {
    chosenId.value = alarm.id;
    return act(() => command({ do: 'acknowledge', alarm: alarm.id }));
  };
  return (
    <div class="detail">
      <h2>
        <Badge priority={alarm.priority} acked={!!alarm.acked} />
        {titleOf(alarm)}
        <span class="age">{ageOf(alarm)}</span>
      </h2>
      <p class="facts">
        <span>{t('firstAt', { time: stamp(alarm.taken ?? alarm.raisedAt, offset.value) })}</span>
        <span>{t('triggered', { n: alarm.count })}</span>
        <span>{phaseText(alarm)}</span>
        <span>
          {alarm.returnedAt === undefined || alarm.causes.length > 0
            ? t('standing')
            : t('returnedAt', { time: hms(alarm.returnedAt, offset.value) })}
        </span>
        {whatOf(alarm) && <span>{whatOf(alarm)}</span>}
        {alarm.acked && <span>{detailOf(alarm, offset.value)}</span>}
      </p>
      {failure !== undefined && (
        <p class="failed" role="alert">
          {failure}
        </p>
      )}
      {!alarm.acked && role && may(role, 'acknowledge') && (
        <div class="acts">
          <button type="button" class="btn main" disabled={busy} onClick={() => void acknowledge()}>
            {t('acknowledgeKey')}
          </button>
        </div>
      )}
      <Pictures alarm={alarm} />
      {role && may(role, 'close') && <CloseForm key={alarm.id} alarm={alarm} />}
      <Timeline alarm={alarm} />
    </div>
  );
}

interface ClosedRow {
  readonly id: number;
  readonly closedAt?: number | null;
  readonly closedBy?: string | null;
  readonly reason?: string | null;
}

/** What was closed today: titles from State while it knows them, the rest from the record. */
function Closed() {
  const newest = closed.value[0]?.id;
  const [loaded, again] = useLoaded(async () => {
    const { rows } = await read<{ readonly rows: readonly (ClosedRow & Alarm)[] }>('/api/alarms?limit=200');
    return rows.filter((r) => typeof r.closedAt === 'number');
  }, newest);
  return (
    <Show loaded={loaded} again={again}>
      {(rows) =>
        rows.length === 0 ? (
          <p class="note">{t('emptyClosed')}</p>
        ) : (
          <table class="plain">
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td>{stamp(row.raisedAt, offset.value)}</td>
                  <td>
                    <b>{titleOf(row)}</b>
                  </td>
                  <td>
                    {t('closedBy', {
                      time: hms(row.closedAt ?? 0, offset.value),
                      name: row.closedBy ?? '',
                      reason: reasonText(row.reason ?? ''),
                    })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )
      }
    </Show>
  );
}

function onKey(event: KeyboardEvent): void {
  const on = event.target instanceof Element ? event.target.tagName : '';
  if (event.ctrlKey || event.altKey || event.metaKey || ['INPUT', 'SELECT', 'BUTTON', 'A'].includes(on)) return;
  const at = shown.value.findIndex((a) => a.id === current.value?.id);
  if (event.key === 'ArrowDown') chosenId.value = (shown.value[at + 1] ?? shown.value[at])?.id;
  else if (event.key === 'ArrowUp') chosenId.value = (shown.value[at - 1] ?? shown.value[at])?.id;
  else if (event.key === 'Enter') document.querySelector<HTMLButtonElement>('.detail .acts .btn.main')?.click();
  else return;
  event.preventDefault();
}

function Lists() {
  const empty = tabs.find(([id]) => id === tab.value)?.[2] ?? 'emptyWaiting';
  const alarm = current.value;
  return (
    <div class="two">
      <div class="box hatch2">
        {shown.value.length === 0 && <p class="note">{t(stale.value ? 'emptyStale' : empty)}</p>}
        <ul class="list">
          {shown.value.map((a) => (
            <AlarmItem
              key={a.id}
              alarm={a}
              chosen={a.id === alarm?.id}
              choose={() => {
                chosenId.value = a.id;
              }}
            />
          ))}
        </ul>
      </div>
      <div class="box">{alarm ? <Detail key={alarm.id} alarm={alarm} /> : <p class="note">{t('choose')}</p>}</div>
    </div>
  );
}

export function ConsolePage() {
  useEffect(() => {
    speakUp();
    reportAs('console');
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  const wide = tab.value === 'closed' || tab.value === 'zones';
  return (
    <Desk>
      <Tabs />
      {site.value && wide && (
        <div class="stack">
          <div class="box">{tab.value === 'closed' ? <Closed /> : <ZoneTable />}</div>
        </div>
      )}
      {!wide && <Lists />}
    </Desk>
  );
}
