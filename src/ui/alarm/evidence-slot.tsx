/**
 * The wall's picture slot, one place with two uses: quiet, three cameras that change every twenty seconds; with an alarm
 * waiting, the kept evidence of the chosen alarm and what its camera sees now.
 */
import { computed, signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Alarm, Device } from '../../core/types.ts';
import { say, t } from '../page/language.ts';
import { everyTurn } from '../page/page-clock.ts';
import { select, site } from '../page/page-feed.ts';
import { unacked } from '../page/views.ts';
import { leadOf } from '../text/incident-text.ts';
import { chosen } from './alarm-rows.tsx';
import { ShotTile } from './shots.tsx';

const TILES = 3;
const TURN_MS = 20_000;
const page = signal(0);
const cameras = computed(() => Object.values(site.value?.devices ?? {}).filter((d) => d.family === 'camera'));

/** The camera that shows an alarm: the zone's, or the device itself. */
export function cameraOf(alarm: Alarm): Device | undefined {
  const here = site.value;
  const zone = alarm.zone === undefined ? undefined : here?.zones[alarm.zone];
  const id = zone?.camera ?? alarm.device;
  const device = here?.devices[id];
  return device?.family === 'camera' ? device : undefined;
}

export const picturePath = (camera: Device) => `/api/cameras/${encodeURIComponent(camera.id)}/picture`;
export const evidencePath = (name: string) => `/api/evidence/${encodeURIComponent(name)}`;

function Live({ camera }: { camera: Device | undefined }) {
  const down = useMemo(() => select((s) => camera && s.devices.get(camera.id)?.up === false, false), [camera]).value;
  return (
    <ShotTile
      path={camera && picturePath(camera)}
      label={camera ? say(camera.title) : ''}
      empty={t(down ? 'cameraDown' : 'noPicture')}
    />
  );
}

/** Why an alarm has no picture and never will: nobody put a camera there. */
export function noCameraText(alarm: Alarm): string {
  const zone = alarm.zone === undefined ? undefined : site.value?.zones[alarm.zone];
  return zone ? t('zoneNoCamera', { n: zone.number }) : t('placeNoCamera');
}

function OfAlarm({ alarm }: { alarm: Alarm }) {
  const camera = cameraOf(alarm);
  const others = cameras.value.filter((c) => c.id !== camera?.id);
  return (
    <>
      <ShotTile
        path={alarm.picture === undefined ? undefined : evidencePath(alarm.picture)}
        once
        label={camera ? t('evidence', { camera: say(camera.title) }) : ''}
        empty={camera ? t('evidenceWait') : noCameraText(alarm)}
      />
      <Live camera={camera ?? others[0]} />
      <Live camera={camera ? others[0] : others[1]} />
    </>
  );
}

function Turning() {
  const all = cameras.value;
  const first = (page.value * TILES) % Math.max(1, all.length);
  return (
    <>
      {Array.from({ length: Math.min(TILES, all.length) }, (_, i) => (
        <Live key={i} camera={all[(first + i) % all.length]} />
      ))}
    </>
  );
}

export function EvidenceSlot() {
  useEffect(() => {
    let turnedAt = performance.now();
    return everyTurn(() => {
      const at = performance.now();
      if (unacked.peek().length > 0 || cameras.peek().length <= TILES || at - turnedAt < TURN_MS) return;
      turnedAt = at;
      page.value++;
    });
  }, []);
  const alarm = unacked.value.length > 0 && chosen.value ? leadOf(chosen.value) : undefined;
  const empty = site.value && cameras.value.length === 0;
  return (
    <section class="panel shots hatch">
      {empty && <p class="none">{t('noCamera')}</p>}
      {!empty && (alarm ? <OfAlarm alarm={alarm} /> : <Turning />)}
    </section>
  );
}
