/**
 * The uplink to the district as the application runs it, where the configuration names one: what it reads of the gateway, and where what the
 * district signed is kept. It wires and decides nothing.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { leavingKinds } from '../../core/retention/leaving-kinds.ts';
import type { BureauInput } from '../../core/types.ts';
import { verifierKey } from '../../proof/signed-note.ts';
import type { Config } from '../../site/load-site.ts';
import type { LogKey } from '../../store/checkpoint-files.ts';
import type { Checkpoints } from '../../store/checkpoint-keeping.ts';
import type { SeriesLook } from '../../store/series/series-look.ts';
import { files } from '../../store/store-files.ts';
import type { ProvenJournal } from '../../store/store-types.ts';
import { Uplink } from '../../uplink/uplink.ts';
import { writeDurably } from '../../world/durable-file.ts';
import type { World } from '../../world/world.ts';
import type { Gateway } from '../gateway.ts';
import type { Troubles } from '../troubles.ts';
import type { OrderedDelivery } from './ordered-delivery.ts';

export interface UplinkParts {
  readonly gateway: Gateway;
  readonly journal: ProvenJournal;
  readonly checkpoints: Pick<Checkpoints, 'newest'>;
  readonly log: LogKey;
  readonly world: World;
  readonly troubles: Troubles;
  readonly version: string;
  readonly look: Pick<SeriesLook, 'hours'>;
  readonly delivery: Pick<OrderedDelivery, 'use'>;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // What was cosigned is asked for once more.
    return undefined;
  }
}

/** Who brings the district what it may have; undefined where none is configured. */
export function uplinkOf({ district, store: { dir } }: Config, parts: UplinkParts): Uplink | undefined {
  if (!district) return undefined;
  const { gateway, journal, checkpoints, log, world, troubles, version } = parts;
  const cosigned = join(files.checkpoints(dir), 'latest.cosigned');
  const source = {
    ...{ head: journal.head, link: journal.link, leaving: journal.leaving, linesAt: journal.linesAt },
    ...{ grow: journal.grow, pick: journal.pick },
    site: () => gateway.site,
    now: () => gateway.now,
    read: gateway.read.bind(gateway),
    offer: (input: BureauInput) => gateway.offer(input),
    checkpoint: () => checkpoints.newest(),
    ...{ log: verifierKey(log), keeps: district.keeps, kinds: leavingKinds(district.keeps) },
    hours: district.keeps.includes('values') ? undefined : parts.look.hours,
    ...{ cosigned: textOf(cosigned), keepCosigned: (note: string) => writeDurably(cosigned, note) },
  };
  const uplink = new Uplink({ options: district, source, world, dir, version, trouble: troubles.set });
  parts.delivery.use((order, file) => uplink.send(order, file));
  return uplink;
}
