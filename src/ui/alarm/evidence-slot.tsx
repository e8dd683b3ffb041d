/**
 * The wall's picture slot, one place with two uses: quiet, two cameras large, which change every twenty seconds; with an alarm
 * waiting, the kept evidence of the chosen alarm and what its camera sees now.
 */
import { computed, signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Alarm, Device } from '../../core/types.ts';
import { say, t } from '../page/language.ts';
import { everyTurn, now } from '../page/page-clock.ts';
import { select, site } from '../page/page-feed.ts';
import { unacked } from '../page/views.ts';
import { cameraOf, evidencePath, noStillText, picturePath } from '../text/alarm-camera.ts';
import { leadOf } from '../text/incident-text.ts';
import { chosen } from './alarm-rows.tsx';
import { CameraTile } from './camera-tile.tsx';
import { ShotTile } from './shots.tsx';

const TILES = 2;
const TURN_MS = 20_000;
const page = signal(0);
const cameras = computed(() => Object.values(site.value?.devices ?? {}).filter((d) => d.family === 'camera'));

/** A camera as it is now; with an alarm that is open, its video. */
function Live({ camera, alarm }: { camera: Device | undefined; alarm?: number }) {
  const down = useMemo(() => select((s) => camera && s.devices.get(camera.id)?.up === false, false), [camera]).value;
  const empty = t(down ? 'cameraDown' : 'noPicture');
  if (!camera) return <ShotTile path={undefined} label="" empty={empty} />;
  return (
    <CameraTile
      key={camera.id}
      {...{ camera, empty, alarm, plays: alarm !== undefined }}
      path={picturePath(camera)}
      label={say(camera.title)}
    />
  );
}

/** The stills that were kept of just before and just after. */
export function AroundShots({ alarm, camera }: { alarm: Alarm; camera: Device }) {
  const { pictureBefore, pictureAfter } = alarm;
  const title = { camera: say(camera.title) };
  return (
    <>
      {pictureBefore !== undefined && (
        <ShotTile path={evidencePath(pictureBefore)} once label={t('pictureBefore', title)} />
      )}
      {pictureAfter !== undefined && (
        <ShotTile path={evidencePath(pictureAfter)} once label={t('pictureAfter', title)} />
      )}
    </>
  );
}

/** The still that was kept of an alarm, or why there is none. */
export function KeptShot({ alarm, label }: { alarm: Alarm; label: string }) {
  const { id, picture } = alarm;
  const why = useMemo(() => select((state) => noStillText(alarm, state, now.value), ''), [id, picture]).value;
  return <ShotTile path={picture === undefined ? undefined : evidencePath(picture)} once label={label} empty={why} />;
}

function OfAlarm({ alarm }: { alarm: Alarm }) {
  const camera = cameraOf(alarm);
  const others = cameras.value.filter((c) => c.id !== camera?.id);
  return (
    <>
      <KeptShot alarm={alarm} label={camera ? t('evidence', { camera: say(camera.title) }) : ''} />
      {camera ? <Live camera={camera} alarm={alarm.id} /> : <Live camera={others[0]} />}
      {camera && alarm.pictureBefore !== undefined ? (
        <ShotTile
          path={evidencePath(alarm.pictureBefore)}
          once
          label={t('pictureBefore', { camera: say(camera.title) })}
        />
      ) : (
        <Live camera={camera ? others[0] : others[1]} />
      )}
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
    <section class={`panel shots hatch ${alarm ? '' : 'two'}`}>
      {empty && <p class="none">{t('noCamera')}</p>}
      {!empty && (alarm ? <OfAlarm alarm={alarm} /> : <Turning />)}
    </section>
  );
}
