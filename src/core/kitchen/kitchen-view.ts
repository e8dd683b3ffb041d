/**
 * What the public screen in the dining hall is told, from the site, State and the gauges. Pure. It must never give an alarm, a person's
 * name, a control, or a value that is too old to be one.
 */
import { limitsNow } from '../sensor/limits.ts';
import { localDay } from '../site/calendar.ts';
import { lookup } from '../site/lookup.ts';
import type { KitchenScreen, KitchenValue, KitchenView, Live, ReadOnly, Site, State, Time, Words } from '../types.ts';

/** What it goes by of State; undefined while State may not be told, and then no value is known. */
type ToldState = Pick<ReadOnly<State>, 'devices' | 'doubted' | 'menus'>;

function kitchenValue(
  site: Site,
  state: ToldState | undefined,
  live: ReadOnly<Live>,
  { device: id, point: key, title }: KitchenScreen['sensors'][number],
  now: Time,
): KitchenValue {
  const device = lookup(site.devices, id);
  const point = device && lookup(device.points, key);
  const bounds = point ? limitsNow(point, now, site.utcOffsetMin) : [];
  // Of several limits of one bound the strictest is what the food is held to.
  const above = bounds.flatMap(({ bound, limit }) => (bound === 'above' ? [limit] : []));
  const below = bounds.flatMap(({ bound, limit }) => (bound === 'below' ? [limit] : []));
  const held = {
    ...{ title, unit: point?.unit ?? '' },
    ...(above.length > 0 && { above: Math.min(...above) }),
    ...(below.length > 0 && { below: Math.max(...below) }),
  };
  const gauge = live.gauges.get(id)?.get(key);
  const up = state?.devices.get(id)?.up === true && !state.doubted.has(`${id}/${key}`);
  const fresh = device && gauge && now - gauge.at <= device.staleMs;
  return up && fresh ? { ...held, value: gauge.value, at: gauge.at, is: 'known' } : { ...held, is: 'unknown' };
}

/** What somebody set for today, else what the configuration has; what is written in one language stands for both. */
function menuNow(site: Site, state: ToldState | undefined, now: Time): Words | undefined {
  const { zh, en } = state?.menus.get(String(localDay(now, site.utcOffsetMin)))?.line ?? {};
  const [chinese, english] = [zh ?? en, en ?? zh];
  // While nothing of State is told nobody knows what was set.
  if (!state) return undefined;
  return chinese !== undefined && english !== undefined ? { zh: chinese, en: english } : site.kitchen?.menu;
}

/** What the screen is told at `now`; undefined where the site has no such screen. */
export function kitchenView(
  site: Site,
  state: ToldState | undefined,
  live: ReadOnly<Live>,
  now: Time,
): KitchenView | undefined {
  const { kitchen } = site;
  if (!kitchen) return undefined;
  const { cameras, sensors, cleaned, everyMs } = kitchen;
  const menu = menuNow(site, state, now);
  return {
    ...{ school: site.name, at: now, utcOffsetMin: site.utcOffsetMin, everyMs },
    cameras: cameras.map(({ camera, area }) => ({ id: camera, area })),
    values: sensors.map((one) => kitchenValue(site, state, live, one, now)),
    ...(cleaned && { cleaned }),
    ...(menu && { menu }),
  };
}
