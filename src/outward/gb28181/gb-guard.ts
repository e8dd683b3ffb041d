/** What a platform's SetGuard and ResetGuard ask of the school. Pure. Without the configuration's word they ask for nothing. */
import type { Command, Site } from '../../core/types.ts';
import { type GbSelf, gbChannels } from './gb-answers.ts';
import type { GbOptions } from './gb-options.ts';

/** The commands of a person's desk that it stands for; none where it may not be, or is not known. */
export function guardCommands(
  site: Site,
  self: GbSelf,
  id: string,
  cmd: string | undefined,
  guard: GbOptions['guard'],
): readonly Command[] {
  const sets = cmd === 'SetGuard';
  if (guard === 'none' || (!sets && (cmd !== 'ResetGuard' || guard !== 'both'))) return [];
  if (id === self.id)
    return Object.keys(site.areas).map((area) => ({ do: 'arm-area', area, mode: sets ? 'away' : 'disarmed' }));
  const channel = gbChannels(site, self).find((one) => one.id === id && one.kind === 'zone');
  if (!channel) return [];
  return [{ do: 'arm-zone', zone: channel.of, mode: sets ? 'armed' : 'disarmed' }];
}
