/**
 * Those who report alarms in the languages of standards, each where the configuration names him: a video platform, an alarm receiving
 * centre. It wires and decides nothing.
 */
import type { Command, User, Words } from '../../core/types.ts';
import { Dc09Out } from '../../outward/dc09/dc09-out.ts';
import { Gb28181Out } from '../../outward/gb28181/gb28181-out.ts';
import type { MailSource } from '../../outward/mail/alarm-mail.ts';
import type { Config } from '../../site/load-site.ts';
import type { Gateway } from '../gateway.ts';

/** One that reports, with the name of his trouble. */
export interface StandardReporter {
  readonly part: string;
  readonly trouble: () => Words | undefined;
  run(signal: AbortSignal): Promise<void>;
}

type Dc09Around = Pick<ConstructorParameters<typeof Dc09Out>[0], 'source' | 'world' | 'dir'>;

/** One follower for both receivers, or one for each. */
function centresOf({ dc09 }: Config, around: Dc09Around): StandardReporter[] {
  if (!dc09) return [];
  const { receivers: all, use, ...rest } = dc09;
  const receivers = all.map(({ key, ...one }) => ({
    ...one,
    ...(key !== undefined && { key: Buffer.from(key, 'hex') }),
  }));
  const groups = use === 'both' ? receivers.map((one) => [one]) : [receivers];
  return groups.map((group, i) => {
    const part = i === 0 ? 'dc09' : `dc09-${i + 1}`;
    const out = new Dc09Out({ ...around, name: part, options: { ...rest, receivers: group } });
    return { part, trouble: out.trouble, run: out.run.bind(out) };
  });
}

/** Everybody who reports by a standard. */
export function standardsOf(
  config: Config,
  parts: { readonly gateway: Gateway; readonly source: MailSource; readonly version: string } & Pick<
    Dc09Around,
    'world'
  >,
): readonly StandardReporter[] {
  const { gateway, source, world, version } = parts;
  const { gb28181: options, store } = config;
  const command = (by: User, asked: Command) => gateway.command(by, asked);
  const gb = options && new Gb28181Out({ options, source, world, dir: store.dir, version, command });
  return [
    ...(gb ? [{ part: 'gb28181', trouble: gb.trouble, run: gb.run.bind(gb) }] : []),
    ...centresOf(config, { source, world, dir: store.dir }),
  ];
}
