/**
 * What exactly a refused command asked for that is not there or not allowed, and what is: the thing by its name, the longest
 * time, the limits that will not do. It words what the core has decided and must never decide anything itself.
 */

import { shelveMaxMs } from '../../core/alarm/shelving.ts';
import { limitBounds, trialMaxMs, wrongLimits } from '../../core/arming/tuning.ts';
import { walkMinutes } from '../../core/arming/walk-test.ts';
import { leftOutMaxMs } from '../../core/arming/zones.ts';
import { extendMaxMin } from '../../core/round/round-course.ts';
import { blindLimits, looseLimits, passedBound } from '../../core/site/limit-bounds.ts';
import { lookup } from '../../core/site/lookup.ts';
import type { Command, Fact, SignalLimits, Site, Words } from '../../core/types.ts';
import {
  inhibitedAtMost,
  limitsWrong,
  outOfServiceAtMost,
  pointMissing,
  pointTakes,
  shelvedAtMost,
  trialAtMost,
  unknownArea,
  unknownDevice,
  unknownPerson,
  unknownZones,
  walkAtMost,
  zonesOpen,
} from '../../words/refusal-words.ts';
import { limitsBlind, limitsLoose } from '../../words/screens/limit-words.ts';
import { extendedAtMost } from '../../words/screens/round-words.ts';

type Refusing = Pick<Extract<Fact, { kind: 'refused' }>, 'why' | 'open' | 'command'>;

const hourMs = 3_600_000;
/** The limits that are out of their bounds or contradict another, each with its bounds. */
export function wrongLimitsText(limits: SignalLimits): Words {
  const names = wrongLimits(limits).map((name) => ({ name, range: limitBounds[name].join('–') }));
  return limitsWrong(names);
}

/** The limits that hide something, each with its bound and what is hidden beyond. */
function hidingText(why: 'blind-limits' | 'loose-limits', limits: SignalLimits): Words {
  return why === 'blind-limits'
    ? limitsBlind(blindLimits(limits).map((name) => passedBound(limits, name, 'seeing')))
    : limitsLoose(
        looseLimits(limits).map((name) => passedBound(limits, name, 'usual')),
        trialMaxMs / hourMs / 24,
      );
}

function tooLong(command: Command): Words | undefined {
  if (command.do === 'arm-zone') {
    if (command.mode === 'inhibited') return inhibitedAtMost(leftOutMaxMs.inhibited / hourMs);
    return outOfServiceAtMost(leftOutMaxMs['out-of-service'] / hourMs / 24);
  }
  if (command.do === 'walk') return walkAtMost(walkMinutes.most);
  if (command.do === 'tune') return trialAtMost(trialMaxMs / hourMs / 24);
  if (command.do === 'extend-round') return extendedAtMost(extendMaxMin);
  return command.do === 'shelve' ? shelvedAtMost(shelveMaxMs / hourMs) : undefined;
}

function unknownPoint(command: Command, site: Site): Words | undefined {
  if (command.do !== 'write') return undefined;
  const device = lookup(site.devices, command.device);
  if (!device) return unknownDevice(command.device);
  const point = lookup(device.points, command.point);
  return point ? pointTakes(command.point, point.type) : pointMissing(command.device, command.point);
}

function openText(open: readonly string[], site: Site): Words {
  return zonesOpen(open.flatMap((id) => lookup(site.zones, id) ?? []));
}

/** The sentence for a refusal that can be more exact than its kind; undefined where the kind says all there is. */
export function detail({ why, open, command }: Refusing, site: Site): Words | undefined {
  switch (why) {
    case 'unknown-zone':
      if (command.do === 'walk') return unknownZones(command.zones.filter((id) => !lookup(site.zones, id)));
      return 'zone' in command ? unknownZones([command.zone]) : undefined;
    case 'unknown-area':
      return command.do === 'arm-area' ? unknownArea(command.area) : undefined;
    case 'unknown-person':
      if (command.do === 'cover-shift') return unknownPerson(command.in);
      if (command.do === 'cover-round') return unknownPerson(command.person);
      return command.do === 'dispatch' ? unknownPerson(command.to) : undefined;
    case 'unknown-point':
      return unknownPoint(command, site);
    case 'too-long':
      return tooLong(command);
    case 'wrong-limits':
      return command.do === 'tune' ? wrongLimitsText(command.limits) : undefined;
    case 'blind-limits':
    case 'loose-limits':
      return 'limits' in command ? hidingText(why, command.limits) : undefined;
    case 'zone-open':
      return open && openText(open, site);
    default:
      return undefined;
  }
}
