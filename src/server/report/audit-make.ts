/**
 * Has a report made in a thread of its own: gathers the rounds, hands them over and waits for the file. The thread has a limit
 * of memory and is stopped when nobody waits any more; it must never take the gateway with it.
 */
import { Worker } from 'node:worker_threads';
import { reportFailed } from '../../words/screens/audit-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { GatewayPort } from '../gateway-port.ts';
import { gathered } from './audit-gather.ts';
import type { AuditOrder, FromAudit, ToAudit } from './audit-worker.ts';

/** MB. 7,440 rows as PDF took 460; a quarter of a year is three times as many. */
const MEMORY_MB = 1_536;
/** Shares of the way, in hundredths: gathering, and making. */
const GATHERING = 30;
const WHOLE = 100;

export interface AuditMaking {
  readonly progress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
  /** Hears in English what went wrong inside. */
  readonly failed: (error: string) => void;
}

/** The file. Rejects with WordedError. */
export async function makeAudit(
  gateway: GatewayPort,
  order: AuditOrder,
  { progress, signal, failed }: AuditMaking,
): Promise<Uint8Array> {
  const worker = new Worker(new URL('./audit-worker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  const answer = Promise.withResolvers<Uint8Array>();
  const fail = (error: string) => {
    failed(error);
    answer.reject(new WordedError(reportFailed));
  };
  worker.on('message', (message: FromAudit) => {
    if ('share' in message) return progress(GATHERING + Math.round(message.share * (WHOLE - GATHERING)), WHOLE);
    if ('file' in message) return answer.resolve(message.file);
    if (message.inside !== undefined) return fail(message.inside);
    return answer.reject(new WordedError(message.error));
  });
  worker.on('error', (error) => fail(String(error)));
  worker.on('exit', () => answer.reject(new WordedError(reportFailed)));
  const tell = (message: ToAudit) => worker.postMessage(message);
  const gather = async () => {
    for await (const { rounds, done, total } of gathered(gateway, order.span)) {
      signal.throwIfAborted();
      tell({ rounds });
      progress(Math.round((done / total) * GATHERING), WHOLE);
    }
    tell('end');
  };
  signal.addEventListener('abort', () => answer.reject(new WordedError(reportFailed)), { once: true });
  try {
    gather().catch((error: unknown) => answer.reject(error));
    return await answer.promise;
  } finally {
    await worker.terminate();
  }
}
