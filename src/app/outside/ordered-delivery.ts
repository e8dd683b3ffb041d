/**
 * Sends the district what its orders ask for: a still that is among the evidence, or a report made for it. The way there is handed in by
 * whatever speaks with the district; without one nothing is sent, and that is said. It must never decide what is owed.
 */
import { createHash } from 'node:crypto';
import type { OrderedFile } from '../../core/types.ts';
import type { Pictures } from '../../perform/pictures.ts';
import type { GatewayPort } from '../../server/gateway-port.ts';
import { makeOrderedReport } from '../../server/ordered/ordered-reports.ts';
import { notJoined, stillGone } from '../../words/bureau/order-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';

/** A file as it goes to the district. `type`: its media type. */
export interface OutgoingFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Resolves when the district has the file; sending it twice for one order changes nothing. Rejects with `WordedError`. */
export type SendOrdered = (order: string, file: OutgoingFile) => Promise<void>;

export interface DeliveryParts {
  readonly pictures: Pick<Pictures, 'read'>;
  readonly world: World;
  /** What reports are made of; asked when one is. */
  readonly house: () => GatewayPort;
}

export class OrderedDelivery {
  readonly #parts: DeliveryParts;
  #send: SendOrdered | undefined;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
  }

  /** From now on there is this way. */
  use(send: SendOrdered): void {
    this.#send = send;
  }

  /** Rejects with `WordedError`; the order is then owed again. */
  readonly deliver = async (
    order: string,
    file: OrderedFile,
  ): Promise<{ readonly brought: string; readonly sha256: string }> => {
    const send = this.#send;
    if (!send) throw new WordedError(notJoined);
    const outgoing = await this.#fileOf(file);
    await send(order, outgoing);
    return { brought: outgoing.name, sha256: createHash('sha256').update(outgoing.bytes).digest('hex') };
  };

  async #fileOf(file: OrderedFile): Promise<OutgoingFile> {
    const { pictures, world, house } = this.#parts;
    if (!('picture' in file)) {
      const failed = (error: string) => world.log.error('a report for the district could not be made', { error });
      return await makeOrderedReport(house(), file, failed);
    }
    const bytes = await pictures.read(file.picture);
    if (!bytes) throw new WordedError(stillGone(file.picture));
    return { name: file.picture, type: 'image/jpeg', bytes };
  }
}
