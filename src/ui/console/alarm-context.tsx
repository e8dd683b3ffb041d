/**
 * What is known around an alarm, for the person who decides: the zone and how it is armed, the device and its line, the
 * zones beside it, or the checkpoint that was not reached. Facts only; nothing may be reassuring while data is stale.
 */
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { neighbours } from '../../core/site/layout.ts';
import type { Alarm, Zone } from '../../core/types.ts';
import { zonePicture } from '../../core/view/view.ts';
import { kinds, modes } from '../../words/trade-words.ts';
import { hm, hms } from '../page/format.ts';
import { type Key, say, t } from '../page/language.ts';
import { stale } from '../page/page-clock.ts';
import { select, site } from '../page/page-feed.ts';
import { offset, rounds } from '../page/views.ts';
import { cameraOf, noCameraText } from '../text/alarm-camera.ts';
import { checkpointOf, whatOf } from '../text/alarm-text.ts';
import { pageText } from '../text/fact-text.ts';
import { whoText } from '../text/handling-text.ts';
import { looseText } from '../text/loose-text.ts';

function Fact({ label, children }: { label: Key; children: ComponentChildren }) {
  return (
    <>
      <dt>{t(label)}</dt>
      <dd>{children}</dd>
    </>
  );
}

function useZone(zone: Zone) {
  return useMemo(() => select((s, here) => zonePicture(here, s, zone), undefined), [zone]).value;
}

/** `3区 布防`, with what is wrong there. */
function Beside({ zone }: { zone: Zone }) {
  const picture = useZone(zone);
  if (!picture) return null;
  const words = [t('zoneShort', { n: zone.number }), stale.value ? t('unknown') : say(modes[picture.mode])].join(' ');
  const wrong = picture.alarm ? say(kinds[picture.alarm.kind]) : picture.blind ? t('zoneBlind') : undefined;
  return (
    <span>
      {words} {wrong !== undefined && !stale.value && <b class="flag">{wrong}</b>}
    </span>
  );
}

function OfZone({ zone }: { zone: Zone }) {
  const picture = useZone(zone);
  const state = useMemo(() => select((s) => s.zones.get(zone.id), undefined), [zone]).value;
  const here = site.value;
  if (!here || !picture) return null;
  const loose = looseText(picture);
  return (
    <>
      <Fact label="zone">
        {t('zoneTitle', { n: zone.number, title: say(zone.title) })} ·{' '}
        {stale.value ? t('unknown') : say(modes[picture.mode])}
        {state?.until !== undefined && !stale.value && ` ${t('until', { time: hm(state.until, offset.value) })}`}
        {loose !== undefined && !stale.value && <b class="flag"> {loose}</b>}
      </Fact>
      <Fact label="besides">
        <span class="many">
          {neighbours(here, zone).map((z) => (
            <Beside key={z.id} zone={z} />
          ))}
        </span>
      </Fact>
    </>
  );
}

function OfCheckpoint({ alarm }: { alarm: Alarm }) {
  const found = checkpointOf(alarm, site.value);
  const row = rounds.value.find((r) => r.id === alarm.round);
  if (!found) return null;
  const cell = row?.cells.find((c) => c.checkpoint.id === alarm.checkpoint);
  const plan = cell?.plan;
  // Who was to come to this point, after what was changed of the round; two may walk together.
  const who = row && cell && row.course.plannedFor(cell.checkpoint);
  const names = [who?.person, who?.second].flatMap((id) => (id === undefined ? [] : [whoText(id)]));
  return (
    <>
      <Fact label="route">
        {say(found.route.title)} {row && `· ${t('startsAt', { time: hm(row.start, offset.value) })}`}
      </Fact>
      <Fact label="checkpoint">
        {say(found.checkpoint.title)} {plan !== undefined && `· ${t('plan', { time: hms(plan, offset.value) })}`}
      </Fact>
      <Fact label="person">{names.length === 0 ? '—' : names.join(' · ')}</Fact>
    </>
  );
}

function OfDevice({ alarm }: { alarm: Alarm }) {
  const device = site.value?.devices[alarm.device];
  const state = useMemo(() => select((s) => s.devices.get(alarm.device), undefined), [alarm.device]).value;
  if (!device) return <Fact label="device">{alarm.device}</Fact>;
  const up = state?.up;
  return (
    <>
      <Fact label="device">
        {say(device.title)} · {t('lineOf', { line: device.line })} ·{' '}
        {stale.value ? t('unknown') : up ? t('up') : <b class="flag">{t(up === false ? 'down' : 'neverHeard')}</b>}
      </Fact>
      {whatOf(alarm) && <Fact label="what">{whatOf(alarm)}</Fact>}
      {up === false && state?.why && !alarm.why && <Fact label="what">{say(state.why)}</Fact>}
    </>
  );
}

/** Who had it on a screen, and where: `王建国 报警台 14:31:30`. */
function SeenBy({ alarm }: { alarm: Alarm }) {
  return (
    <Fact label="seenBy">
      {alarm.displayed.length === 0 && t('seenNobody')}
      <span class="many">
        {alarm.displayed.map(({ by, page, at }, i) => (
          <span key={i}>
            {whoText(by)} {pageText(page)} {hms(at, offset.value)}
          </span>
        ))}
      </span>
    </Fact>
  );
}

export function Facts({ alarm }: { alarm: Alarm }) {
  const zone = alarm.zone === undefined ? undefined : site.value?.zones[alarm.zone];
  const camera = cameraOf(alarm);
  return (
    <dl class="known">
      {zone && <OfZone zone={zone} />}
      <OfCheckpoint alarm={alarm} />
      <OfDevice alarm={alarm} />
      <Fact label="camera">{camera ? say(camera.title) : noCameraText(alarm)}</Fact>
      <SeenBy alarm={alarm} />
    </dl>
  );
}
