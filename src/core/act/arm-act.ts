/**
 * How a person arms, disarms, inhibits a zone or takes it out of service, and sets an area. A person is refused while a zone is
 * open.
 */

import { refuse } from '../alarm/authorize.ts';
import { setArea } from '../arming/areas.ts';
import { leftOutMaxMs, setZone } from '../arming/zones.ts';
import { notReady, openZones } from '../condition/not-ready.ts';
import type { Draft } from '../draft.ts';
import { areaOf, planner } from '../site/armed-plan.ts';
import { lookup } from '../site/lookup.ts';
import type { Area, Refusal, Time, User, Zone } from '../types.ts';
import type { Act, Asked } from './act.ts';
import { coded } from './coded.ts';

type ZoneCommand = Asked<'arm-zone'>;
type AreaCommand = Asked<'arm-area'>;

function zoneRefusal(draft: Draft, command: ZoneCommand, zone: Zone): Refusal | undefined {
  const { mode, reason, until } = command;
  if (mode === 'disarmed') return zone.always ? 'always-armed' : undefined;
  if (mode === 'armed') return notReady(draft.site, draft.state, zone.id).length > 0 ? 'zone-open' : undefined;
  if (!reason?.trim()) return 'reason-missing';
  if (until === undefined || until <= draft.at) return 'end-missing';
  return until - draft.at > leftOutMaxMs[mode] ? 'too-long' : undefined;
}

/** The edge a hand is laid on after: that of the area's plan, or of the zone's own. */
function edgeOf({ site, now }: Draft, zone: Zone): Time {
  const area = areaOf(site, zone.id);
  return planner(site, now)(area ? area.schedule : zone.schedule).edge;
}

/** Says that a zone or an area cannot be armed, and which zones are open where that is why. */
function refuseOpen(draft: Draft, by: User, command: ZoneCommand | AreaCommand, open: readonly string[]): void {
  draft.add({ kind: 'refused', by: by.name, command, why: 'zone-open', open });
}

function setOneZone(draft: Draft, by: User, command: ZoneCommand): void {
  const zone = lookup(draft.site.zones, command.zone);
  if (!zone) return refuse(draft, by, command, 'unknown-zone');
  const why = zoneRefusal(draft, command, zone);
  if (why === 'zone-open') return refuseOpen(draft, by, command, [command.zone]);
  if (why) return refuse(draft, by, command, why);
  const { mode, reason, until } = command;
  setZone(draft, {
    kind: 'zone-armed',
    zone: zone.id,
    mode,
    by: by.name,
    edge: edgeOf(draft, zone),
    ...(reason !== undefined && { reason }),
    ...((mode === 'inhibited' || mode === 'out-of-service') && until !== undefined && { until }),
  });
}

/** Until when people may leave. Setting again what is set, or being set, gives no more time. */
function exitOf(draft: Draft, area: Area, mode: AreaCommand['mode']): number | undefined {
  if (mode !== 'away' || area.exitMs === 0) return undefined;
  const known = draft.state.areas.get(area.id);
  return known?.mode === 'away' ? known.exitUntil : draft.at + area.exitMs;
}

function setOneArea(draft: Draft, by: User, command: AreaCommand): void {
  const area = lookup(draft.site.areas, command.area);
  if (!area) return refuse(draft, by, command, 'unknown-area');
  const { mode } = command;
  const open = mode === 'disarmed' ? [] : openZones(draft.site, draft.state, area, mode, draft.at);
  if (open.length > 0) {
    const ids = open.map(({ id }) => id);
    return refuseOpen(draft, by, command, ids);
  }
  const exitUntil = exitOf(draft, area, mode);
  setArea(draft, area, {
    kind: 'area-armed',
    area: area.id,
    mode,
    by: by.name,
    edge: planner(draft.site, draft.now)(area.schedule).edge,
    ...(exitUntil !== undefined && { exitUntil }),
  });
}

export const armZone: Act<'arm-zone'> = {
  words: { zh: '防区布防、撤防、旁路或停用', en: 'Arm, disarm, inhibit a zone or take it out of service' },
  rule: coded(setOneZone),
};

export const armArea: Act<'arm-area'> = {
  words: { zh: '区域布防或撤防', en: 'Set or unset an area' },
  rule: coded(setOneArea),
};
