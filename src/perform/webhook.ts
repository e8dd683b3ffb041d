/**
 * One message to one address over HTTP: POST of JSON, signed, so that the receiver knows who sent it and that nobody changed
 * it. Success is an answer of 2xx whose text does not say otherwise: the robots of chats refuse with 200 and a number in the
 * text (see `answer-text`). No word of a verdict may carry the address.
 */
import { createHmac } from 'node:crypto';
import { channelRefused } from '../words/channel-words.ts';
import { bodyOf, headersOf } from './message-template.ts';
import { type OkWhen, saidInside } from './sending/answer-text.ts';
import type { Maker, Verdict } from './sending/channel.ts';
import { exchange, type HttpAnswer, type HttpRequest, jsonHeaders, unfinished } from './sending/http-post.ts';

/** When it was signed, ms since the epoch; the receiver refuses what is old, so that nobody can send it again later. */
export const timeHeader = 'x-gatehouse-time';
/** `sha256=` and the HMAC-SHA256, hexadecimal, of the time, a full stop and the body. */
export const signatureHeader = 'x-gatehouse-signature';
/** The same for every try of one message: the receiver can tell a second try from a second message. */
export const deliveryHeader = 'x-gatehouse-delivery';

/** The signature of a body. */
export function signature(secret: string, time: number, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
}

/** What a 2xx comes to once its text was read. A text that broke off says no only where one was agreed upon. */
function inside(asked: HttpRequest, answer: HttpAnswer, okWhen: OkWhen | undefined): Verdict {
  const { id } = asked;
  const said = saidInside(answer.text, okWhen);
  if (said === 'yes') return { is: 'told' };
  if (said === 'nothing') return unfinished(asked, answer);
  if (said.tooFast) return { is: 'too-fast', why: channelRefused(id, said.code, 'too-fast') };
  return { is: 'refused', code: said.code, why: channelRefused(id, said.code, 'inside') };
}

/** A channel that posts to any receiver that can check the signature. */
export const webhook: Maker<'webhook'> = ({ id, url, secret, timeoutMs, okWhen, template, schoolId }) =>
  async function send({ message, delivery }, world) {
    const from = { message, delivery, secret };
    const body = template
      ? bodyOf(template.body, template.contentType, from)
      : JSON.stringify(schoolId === undefined ? message : { ...message, schoolId });
    const time = world.now();
    const headers = {
      ...(template ? headersOf(template.headers, from) : {}),
      'content-type': template ? `${template.contentType}; charset=utf-8` : jsonHeaders['content-type'],
      [timeHeader]: String(time),
      [signatureHeader]: signature(secret, time, body),
      [deliveryHeader]: delivery,
    };
    const asked = { id, url, headers, body, timeoutMs };
    const answer = await exchange(asked, world);
    return answer.is === 'answered' ? inside(asked, answer, okWhen) : answer;
  };
