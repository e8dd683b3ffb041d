/**
 * The campus on the wall: buildings, fence zones, cameras, checkpoints. Normal things are grey lines; only an alarm has
 * colour, under an ink edge. Every zone, camera and checkpoint follows its own part of State and redraws alone.
 */
import { computed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Alarm, Device, Priority, Site } from '../../core/types.ts';
import { zonePicture } from '../../core/view/view.ts';
import { mostUrgentFirst } from '../../core/view/view-incidents.ts';
import { span } from '../page/format.ts';
import { say, t } from '../page/language.ts';
import { now } from '../page/page-clock.ts';
import { gauges, select, site } from '../page/page-feed.ts';
import { alarms, incidents, rounds, shelved } from '../page/views.ts';
import { shortTitle } from '../text/alarm-text.ts';
import { fitted, type Laid, lay, type PanelSpot, panel, placePlates, plateHeight } from './map-geometry.ts';
import './campus-map.css';

const modeMarks = { disarmed: 'mapDisarmed', inhibited: 'mapBypassed', 'out-of-service': 'mapOut' } as const;

/** Zones with an alarm that was put aside. */
const shelvedIn = computed(() => new Set(shelved.value.flatMap((a) => a.zone ?? [])));

function ZoneLine({ laid }: { laid: Laid }) {
  const view = useMemo(() => select((state, here) => zonePicture(here, state, laid.zone, gauges()), undefined), [laid]);
  const picture = view.value;
  if (!picture) return null;
  const { mode, blind, learning, drift, testing, alarm, loose } = picture;
  const { id, always } = laid.zone;
  const mark = blind
    ? t(learning ? 'mapLearning' : 'mapFault')
    : testing
      ? t('mapTest')
      : mode === 'armed'
        ? shelvedIn.value.has(id)
          ? t('mapShelved')
          : always
            ? t('mapAlways')
            : ''
        : t(modeMarks[mode]);
  const acked = alarm?.acked ? 'acked' : '';
  const [x, y] = laid.number;
  return (
    <g>
      <path d={laid.path} class={`zone ${mode} ${testing ? 'tested' : ''} ${blind ? 'blind' : ''}`} />
      {alarm && <path d={laid.path} class={`edge ${acked}`} />}
      {alarm && (
        <path
          d={laid.path}
          class={`glow s${priorityOf(alarm)} ${acked}`}
          data-alarm={plated.value.has(id) ? undefined : alarm.id}
        />
      )}
      <text class="zone-no" x={x} y={y}>
        {laid.zone.number}
        {mark}
        {loose && t('mapLoose')}
      </text>
      {drift && <path class="drift" d={`M${x + 24} ${y - 4}h22l-11 -20z`} />}
    </g>
  );
}

function Camera({ device, at }: { device: Device; at: PanelSpot }) {
  const up = useMemo(() => select((state) => state.devices.get(device.id)?.up === true, false), [device]);
  return (
    <path
      class={`thing ${up.value ? '' : 'off'}`}
      transform={`translate(${at[0]} ${at[1]}) rotate(${device.facing ?? 0})`}
      d="M0 0l26 -13v26z"
    />
  );
}

const visited = computed(() => {
  const ids = new Set<string>();
  for (const row of rounds.value) {
    if (row.phase !== 'open') continue;
    for (const cell of row.cells) if (cell.check && cell.check.verdict !== 'missed') ids.add(cell.checkpoint.id);
  }
  return ids;
});

function Point({ id, at }: { id: string; at: PanelSpot }) {
  const full = useMemo(() => computed(() => visited.value.has(id)), [id]);
  return <circle class={`thing ${full.value ? 'full' : ''}`} cx={at[0]} cy={at[1]} r="16" />;
}

/** The priority an alarm is shown with: that of its incident where the weather may explain it, else its own. */
const shownAs = computed(() => {
  const known = new Map<number, Priority>();
  for (const { alarms: all, weather, priority } of incidents.value)
    for (const a of all) known.set(a.id, weather && priority > a.priority ? priority : a.priority);
  return known;
});
const priorityOf = (alarm: Alarm): Priority => shownAs.value.get(alarm.id) ?? alarm.priority;

/** More plates than these would bury the map; further zones have their colour and their number. */
const PLATES = 5;

/** The alarm that stands for each zone, zones in the order of the wall. */
const inZones = computed(() => {
  const byZone = new Map<string, Alarm[]>();
  for (const alarm of alarms.value) {
    if (alarm.zone === undefined) continue;
    const others = byZone.get(alarm.zone);
    if (others) others.push(alarm);
    else byZone.set(alarm.zone, [alarm]);
  }
  return [...byZone.values()].flatMap((all) => mostUrgentFirst(all).slice(0, 1));
});
/** The zones whose alarm is said on a plate: the first in the order of the wall. */
const plated = computed(() => new Set(inZones.value.slice(0, PLATES).map((a) => a.zone)));

/** The plates of the first zones in alarm. One redraw a second while there are any, for their age. */
function Plates({ laid }: { laid: readonly Laid[] }) {
  const shown = inZones.value.slice(0, PLATES).flatMap((alarm) => {
    const at = laid.find((l) => l.zone.id === alarm.zone);
    const age = span(now.value - Math.min(alarm.sourceTime ?? alarm.raisedAt, now.value)).replace(' ', '');
    return at ? [{ alarm, at: at.at, inwards: at.inwards, text: `${shortTitle(alarm)} ${age}` }] : [];
  });
  const plates = placePlates(shown);
  return (
    <g>
      {shown.map(({ alarm, text }, i) => {
        const { x, y, width } = plates[i] ?? { x: 0, y: 0, width: 0 };
        const acked = alarm.acked ? 'acked' : '';
        return (
          <g key={alarm.zone} data-alarm={alarm.id}>
            <rect class={`plate f${priorityOf(alarm)} ${acked}`} x={x} y={y} width={width} height={plateHeight} />
            <text class={`plate-text t-${priorityOf(alarm)} ${acked}`} x={x + width / 2} y={y + 39}>
              {text}
            </text>
          </g>
        );
      })}
    </g>
  );
}

function Plan({ here }: { here: Site }) {
  const laid = useMemo(() => lay(here), [here]);
  const { place, scale: k } = fitted(here);
  const points = Object.values(here.routes).flatMap((r) => r.checkpoints);
  const cameras = Object.values(here.devices).filter((d) => d.family === 'camera');
  return (
    <svg viewBox={`0 0 ${panel.width} ${panel.height}`} role="img" aria-label={t('mapTitle')}>
      <defs>
        <pattern id="blind" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V12" stroke="var(--ink3)" stroke-width="9" />
        </pattern>
      </defs>
      {here.map.buildings.map((b) => {
        const [x, y] = place([b.x, b.y]);
        return (
          <g key={`${b.x} ${b.y}`}>
            <rect class="building" x={x} y={y} width={b.width * k} height={b.height * k} rx={(b.round ?? 0) * k} />
            <text class="building-name" x={x + (b.width * k) / 2} y={y + b.height * k - 14}>
              {say(b.title)}
            </text>
          </g>
        );
      })}
      {cameras.map((d) => d.at && <Camera key={d.id} device={d} at={place(d.at)} />)}
      {points.map((c) => c.at && <Point key={c.id} id={c.id} at={place(c.at)} />)}
      {laid.map((l) => (
        <ZoneLine key={l.zone.id} laid={l} />
      ))}
      <Plates laid={laid} />
    </svg>
  );
}

/** The map panel's content; an empty plan says so. */
export function CampusMap() {
  const here = site.value;
  if (!here) return null;
  if (Object.keys(here.zones).length === 0) return <p class="quiet t1">{t('noMap')}</p>;
  return <Plan here={here} />;
}
