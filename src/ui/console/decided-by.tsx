/**
 * Who decided that this is an alarm: the device, the gateway's own detection, or both. The two are never mixed, and one that
 * says nothing is said to say nothing.
 */
import { useMemo } from 'preact/hooks';
import { isJudged } from '../../core/camera/picture-signs.ts';
import { deciderOf, detectionOf, pictureOf } from '../../core/site/detection-keys.ts';
import type { Alarm, PictureSign } from '../../core/types.ts';
import { pictureSigns } from '../../words/camera/picture-names.ts';
import { hms } from '../page/format.ts';
import { say, t } from '../page/language.ts';
import { stale } from '../page/page-clock.ts';
import { select, site } from '../page/page-feed.ts';
import { offset } from '../page/views.ts';
import { pointTitle, signText } from '../text/detection-text.ts';

/** What the device says: the points that stand, that it said so, or that it did not. */
function deviceText(alarm: Alarm): string {
  if (!alarm.decidedBy.includes('device')) return t('notTold');
  const points = site.value?.devices[alarm.device]?.points ?? {};
  const standing = alarm.causes.filter((cause) => deciderOf(cause) === 'device');
  if (standing.length === 0) return t('toldOver');
  const names = standing.map((cause) => {
    const point = points[cause.split('/').pop() ?? ''];
    return point ? pointTitle(point) : cause;
  });
  return t('toldStands', { what: [...new Set(names)].join(t('listComma')) });
}

/** What the gateway's own detection says of the zone. */
function GatewayWord({ alarm, zone }: { alarm: Alarm; zone: string }) {
  const senses = useMemo(() => select((state) => state.detections.get(zone), undefined), [zone]).value;
  const detects = site.value?.zones[zone]?.signal !== undefined;
  const mine = alarm.causes.flatMap((cause) => detectionOf(cause)?.key ?? []);
  const told = alarm.decidedBy.includes('gateway');
  if (!detects && !told) return <>{t('noDetection')}</>;
  const signs = Object.entries(senses?.active ?? {});
  const device = senses?.device ?? alarm.device;
  const said = signs.filter(([key]) => mine.includes(key));
  const others = signs.filter(([key]) => !mine.includes(key));
  return (
    <>
      {said.length === 0 && t(told ? 'toldOver' : 'notTold')}
      {said.map(([key, sensed]) => (
        <span key={key}>
          {t('toldSince', { what: signText(device, zone, sensed), time: hms(sensed.since, offset.value) })}
        </span>
      ))}
      {others.length > 0 && (
        <span>{t('alsoSays', { what: others.map(([, s]) => signText(device, zone, s)).join(t('listComma')) })}</span>
      )}
    </>
  );
}

/** What the gateway saw in the pictures of the camera, and since when; what is over is said to be over. */
function PictureWord({ alarm }: { alarm: Alarm }) {
  const camera = useMemo(() => select((state) => state.cameras.get(alarm.device), undefined), [alarm.device]).value;
  if (!site.value || !isJudged(site.value, alarm.device)) return <>{t('picturesUnjudged')}</>;
  const mine = alarm.causes.flatMap((cause) => pictureOf(cause)?.sign ?? []) as PictureSign[];
  if (mine.length === 0) return <>{t(alarm.decidedBy.includes('gateway') ? 'toldOver' : 'notTold')}</>;
  return (
    <>
      {mine.map((sign) => {
        const since = camera?.signs[sign]?.since;
        const what = say(pictureSigns[sign]);
        return (
          <span key={sign}>
            {since === undefined ? t('toldStands', { what }) : t('toldSince', { what, time: hms(since, offset.value) })}
          </span>
        );
      })}
    </>
  );
}

/** Kinds of alarm that a picture can be one of. */
const ofPictures: ReadonlySet<Alarm['kind']> = new Set(['masked', 'tamper', 'fault']);

export function Told({ alarm }: { alarm: Alarm }) {
  const device = site.value?.devices[alarm.device];
  const { zone } = alarm;
  const ofCamera = device?.family === 'camera' && ofPictures.has(alarm.kind);
  if (!device || !(ofCamera || (zone !== undefined && device.family === 'fence'))) return null;
  return (
    <section>
      <h3>{t('decided')}</h3>
      <dl class="known decided">
        <dt>
          {t('byDevice')} {say(device.title)}
        </dt>
        <dd>{stale.value ? t('unknown') : deviceText(alarm)}</dd>
        <dt>{t(ofCamera ? 'byPictures' : 'byGateway')}</dt>
        <dd class="many">
          {stale.value ? (
            t('unknown')
          ) : ofCamera ? (
            <PictureWord alarm={alarm} />
          ) : (
            <GatewayWord alarm={alarm} zone={zone!} />
          )}
        </dd>
      </dl>
    </section>
  );
}
