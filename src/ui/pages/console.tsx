/**
 * The operator's desk: alarms by what they wait for, one of them in full, and arming by hand. Silence, acknowledge and
 * close are three different things here. Everything works from the keyboard.
 */
import { computed, signal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import type { Alarm } from '../../core/types.ts';
import { phaseOf } from '../../core/view.ts';
import { reasonText, titleOf } from '../alarmtext.ts';
import { read } from '../api.ts';
import { stale } from '../clock.ts';
import { gap, look, site } from '../feed.ts';
import { clockSpan, hms, stamp } from '../format.ts';
import { Detail } from '../parts/detail.tsx';
import { Desk, Show, useLoaded } from '../parts/frame.tsx';
import { AlarmItem } from '../parts/item.tsx';
import { ZoneTable } from '../parts/zones.tsx';
import { reportAs } from '../report.ts';
import { noisy, silence, silentSeconds, sound, speakUp } from '../speaker.ts';
import { alarms, closed, offset, upkeep } from '../views.ts';
import { type Key, t } from '../words.ts';

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

function keepInView(id: number): void {
  chosenId.value = id;
}

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

/** Keys mean the list unless a person writes, chooses a reason, or stands on a button that has its own Enter. */
function onKey(event: KeyboardEvent): void {
  const on = event.target instanceof Element ? event.target : undefined;
  const writes = on?.matches('input, select, textarea') === true;
  if (event.ctrlKey || event.altKey || event.metaKey || writes) return;
  const chosenItem = on?.matches('.item.chosen') === true;
  const tabOf = tabs[Number(event.key) - 1]?.[0];
  if (event.key === 'ArrowDown' || event.key === 'j') move(1);
  else if (event.key === 'ArrowUp' || event.key === 'k') move(-1);
  else if (event.key === '0') silence();
  else if (tabOf) goTo(tabOf);
  else if (event.key === 'Enter' && !event.repeat && (chosenItem || !on?.matches('button, a, summary')))
    document.querySelector<HTMLButtonElement>('.detail .acts .btn.main')?.click();
  else return;
  event.preventDefault();
}

/** Chooses the next or the one before, and takes the focus along when it is in the list. */
function move(step: -1 | 1): void {
  const at = shown.value.findIndex((a) => a.id === current.value?.id);
  const next = shown.value[Math.max(0, at + step)] ?? shown.value[at];
  chosenId.value = next?.id;
  if (!next) return;
  const item = document.querySelector<HTMLElement>(`.item[data-alarm="${next.id}"]`);
  item?.scrollIntoView({ block: 'nearest' });
  if (document.activeElement?.matches('.item')) item?.focus();
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
      <div class="box hatch2">
        {alarm ? (
          <Detail key={alarm.id} alarm={alarm} taken={() => keepInView(alarm.id)} />
        ) : (
          <p class="note">{t('choose')}</p>
        )}
      </div>
    </div>
  );
}

export function ConsolePage() {
  // Before the first picture: a key pressed at what one sees must not fall on deaf ears.
  useLayoutEffect(() => {
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
      <p class="keys">{t('consoleKeys')}</p>
    </Desk>
  );
}
