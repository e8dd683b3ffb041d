/**
 * Answers to questions that take a while: a stream of lines, each one JSON object, the last one the result. It must never let
 * a slow reader hold up the work, nor go on with work nobody waits for.
 */
import { PassThrough } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { wordsOf } from '../../words/worded-error.ts';

/** Progress that a slow reader has no room for is left out beyond this; the result never is. */
const ROOM = 16_384;

/** Says a line of progress. */
export type SayProgress = (line: { readonly done: number; readonly total: number }) => void;

/**
 * Lines {"done","total"} while `run` runs, last {"result"} or {"error":{"zh","en"}}. `signal` aborts when the reader is gone.
 * `failed` hears of an error in English, `over` that the work is done, however it ended.
 */
export function answerInLines(
  reply: FastifyReply,
  run: (say: SayProgress, signal: AbortSignal) => Promise<object>,
  { failed, over }: { readonly failed: (error: string) => void; readonly over: () => void },
): FastifyReply {
  const out = new PassThrough();
  const gone = new AbortController();
  out.on('error', () => out.destroy());
  out.on('close', () => gone.abort());
  const say = (line: object): void => {
    if (!out.destroyed) out.write(`${JSON.stringify(line)}\n`);
  };
  run((line) => {
    if (out.writableLength < ROOM) say(line);
  }, gone.signal)
    .then(
      (result) => say({ result }),
      (error: unknown) => {
        if (!gone.signal.aborted) failed(wordsOf(error).en);
        say({ error: wordsOf(error) });
      },
    )
    .finally(() => {
      over();
      out.end();
    });
  return reply.type('application/x-ndjson; charset=utf-8').send(out);
}
