/**
 * A device of the file put together with its model: as core and screens know it, and the model as its driver shall read it. Neither holds an address.
 */
import type { Device, Point, PointSpec, Priority } from '../../core/types.ts';
import type { Profile } from '../../profile/profile.ts';
import { given } from '../parts/compile-parts.ts';
import type { SiteFile } from '../site-schema.ts';
import { compileLimits } from './compile-limits.ts';

export type DevicePart = SiteFile['devices'][number];

/** The alarm of a point as this site wants it; an unused channel never alarms. */
function alarmOf(spec: PointSpec, device: DevicePart): PointSpec['alarm'] {
  const wanted = device.points?.[spec.key]?.alarm;
  const unused = spec.channel !== undefined && device.zones?.[spec.channel] === false;
  if (!spec.alarm || wanted === false || unused) return undefined;
  return wanted === undefined ? spec.alarm : { ...spec.alarm, priority: wanted as Priority };
}

/** The model as this device's driver shall read it: how often, and what is urgent. Titles stay out: they restart nothing. */
export function tailored(profile: Profile, device: DevicePart): Profile {
  const points = profile.points.map(({ alarm: _, ...spec }, i) =>
    given({ ...spec, alarm: alarmOf(profile.points[i]!, device) }),
  );
  if (profile.wire.protocol !== 'modbus') return { ...profile, points };
  const registers = Object.entries(profile.wire.registers).map(([key, register]) => {
    const pollMs = device.points?.[key]?.pollMs ?? register.pollMs;
    return [key, given({ ...register, pollMs })] as const;
  });
  return { ...profile, points, wire: { ...profile.wire, registers: Object.fromEntries(registers) } };
}

function compilePoint(spec: PointSpec, device: DevicePart): Point {
  const zone = spec.channel === undefined ? undefined : device.zones?.[spec.channel];
  const { alarm: _, ...rest } = spec;
  const limits = compileLimits(device.points?.[spec.key]?.limits, spec);
  return given({
    ...rest,
    title: device.points?.[spec.key]?.title ?? spec.title,
    // What the site wants of a gauge stands in the place of what its model says.
    alarm: limits ? undefined : alarmOf(spec, device),
    limits,
    zone: zone === false ? undefined : zone,
  });
}

export function compileDevice(device: DevicePart, profile: Profile): Device {
  const points = profile.points.map((spec) => [spec.key, compilePoint(spec, device)] as const);
  const zones = Object.values(device.zones ?? {}).filter((zone) => zone !== false);
  return given({
    id: device.id,
    title: device.title,
    family: profile.family,
    profile: profile.id,
    line: device.line,
    staleMs: device.staleMs ?? profile.staleMs,
    commsPriority: profile.commsPriority,
    points: Object.fromEntries(points),
    zones: [...new Set(zones)],
    at: device.at,
    facing: device.facing,
  });
}
