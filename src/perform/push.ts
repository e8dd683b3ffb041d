/**
 * Pushes to phones by servers a school may run itself: ntfy to whoever subscribed a topic, Bark to one iPhone. Both answer in JSON whether
 * they took it. When a phone that sleeps shows it is up to the phone: nothing here promises that.
 */
import { createHash } from 'node:crypto';
import type { Priority } from '../core/types.ts';
import { noPushAnswer, pushRefused, pushTooFast } from '../words/reach/push-words.ts';
import { codeOf, objectOf } from './sending/answer-text.ts';
import type { Maker, Verdict } from './sending/channel.ts';
import {
  exchange,
  type HttpAnswer,
  type HttpRequest,
  jsonHeaders,
  refusedBy,
  unfinished,
} from './sending/http-post.ts';
import { cutText } from './sending/short-text.ts';

/** Bytes of a message that ntfy takes are 4096, and a character of Chinese has three; Apple takes 4 KB of all. */
const textUnits = 1_200;

/** What an answer means: `code` of what its JSON says, `yes` whether that is a yes. */
function judged(
  asked: HttpRequest,
  answer: HttpAnswer,
  kind: 'ntfy' | 'bark',
  yes: (said: Record<string, unknown>) => boolean,
): Verdict {
  const { id } = asked;
  const { ok, status, text } = answer;
  if (ok && text === undefined) return unfinished(asked, answer);
  const said = objectOf(text ?? '');
  if (ok && said && yes(said)) return { is: 'told' };
  const code = codeOf(said?.code);
  if (code.startsWith('429')) return { is: 'too-fast', why: pushTooFast(id, code) };
  if (code !== '—') return { is: 'refused', code, why: pushRefused(id, kind, code) };
  return ok ? { is: 'refused', code, why: noPushAnswer(id) } : refusedBy(id, status);
}

const ntfyPriority: Readonly<Record<Priority, number>> = { 1: 5, 2: 4, 3: 3, 4: 2 };

/** A channel to the subscribers of a topic. */
export const ntfy: Maker<'ntfy'> = ({ id, server, topic, secret, language, timeoutMs }) =>
  async function send({ message }, world) {
    const body = JSON.stringify({
      topic,
      title: message.title[language],
      message: cutText(message.text[language], textUnits),
      priority: ntfyPriority[message.priority],
      ...(message.about === 'alarm' && { tags: ['rotating_light'] }),
      ...(message.link !== undefined && { click: message.link }),
    });
    const headers = { ...jsonHeaders, ...(secret !== undefined && { authorization: `Bearer ${secret}` }) };
    const asked: HttpRequest = { id, url: server, headers, body, timeoutMs, refusalsSpeak: true };
    const answer = await exchange(asked, world);
    return answer.is === 'answered' ? judged(asked, answer, 'ntfy', ({ event }) => event === 'message') : answer;
  };

const barkLevel: Readonly<Record<Priority, string>> = { 1: 'critical', 2: 'timeSensitive', 3: 'active', 4: 'passive' };

/** A channel to one iPhone. */
export const bark: Maker<'bark'> = ({ id, server, secret, language, timeoutMs }) =>
  async function send({ message, delivery }, world) {
    const body = JSON.stringify({
      device_key: secret,
      title: message.title[language],
      body: cutText(message.text[language], textUnits),
      level: barkLevel[message.priority],
      // Rings for half a minute.
      ...(message.priority === 1 && message.about === 'alarm' && { call: '1' }),
      group: message.school[language],
      // A second copy takes the place of the first.
      id: createHash('sha256').update(delivery).digest('hex').slice(0, 32),
      ...(message.link !== undefined && { url: message.link }),
    });
    const asked: HttpRequest = {
      id,
      url: `${server}/push`,
      headers: jsonHeaders,
      body,
      timeoutMs,
      refusalsSpeak: true,
    };
    const answer = await exchange(asked, world);
    return answer.is === 'answered' ? judged(asked, answer, 'bark', ({ code }) => code === 200) : answer;
  };
