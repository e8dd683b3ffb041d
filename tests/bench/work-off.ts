/**
 * A queue of jobs that threads work off: each takes the next one when it is done with the last.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Lets one thread, begun from `file`, work off what is left of the queue. Rejects when the thread breaks. */
export async function workOff<Job, Played>(file: URL, queue: Job[], done: (played: Played) => void): Promise<void> {
  const worker = new Worker(file);
  try {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      worker.postMessage(job);
      const [played] = (await once(worker, 'message')) as [Played];
      done(played);
    }
  } finally {
    await worker.terminate();
  }
}
