/**
 * How the sensors of a school stand, as whoever answers for the canteen sees them, and a stored curve of one. Pure. A value that is too
 * old or in doubt is none.
 */
import { lookup } from '../site/lookup.ts';
import type { Excursion, Live, Point, ReadOnly, SensorFault, SensorStanding, Site, State, Time } from '../types.ts';
import { limitsNow } from './limits.ts';

type SensorsTold = Pick<ReadOnly<State>, 'devices' | 'doubted' | 'excursions'>;

const measures = ({ keep, quantity }: Point): boolean =>
  keep === 'gauge' && quantity !== undefined && quantity !== 'tension';

/** Every gauge of a room or a machine, by device. */
export function sensorsNow(site: Site, state: SensorsTold, live: ReadOnly<Live>, now: Time): SensorStanding[] {
  const beyond = [...state.excursions.values()];
  return Object.values(site.devices).flatMap((device) =>
    Object.values(device.points)
      .filter(measures)
      .map((point): SensorStanding => {
        const fault: SensorFault | undefined = state.doubted.get(`${device.id}/${point.key}`)?.fault;
        const up = state.devices.get(device.id)?.up === true;
        const gauge = live.gauges.get(device.id)?.get(point.key);
        const known = up && fault === undefined && gauge !== undefined && now - gauge.at <= device.staleMs;
        const out: Excursion | undefined = beyond.find((one) => one.device === device.id && one.point === point.key);
        return {
          ...{
            device: device.id,
            point: point.key,
            place: device.title,
            title: point.title,
            unit: point.unit ?? '',
            up,
          },
          limits: limitsNow(point, now, site.utcOffsetMin),
          ...(known && { value: gauge.value }),
          ...(fault && { fault }),
          ...(out && { since: out.since, extreme: out.extreme }),
        };
      }),
  );
}

/** Whether a site has this gauge of a room or a machine. */
export function isSensor(site: Site, device: string, key: string): boolean {
  const known = lookup(site.devices, device);
  const point = known && lookup(known.points, key);
  return point !== undefined && measures(point);
}
