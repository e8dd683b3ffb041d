/**
 * One message to one address over HTTP: POST of JSON, signed, so that the receiver knows who sent it and that nobody changed
 * it. Only an answer of 2xx is success; a redirect is not followed, because a secret address must lead nowhere else.
 * Whatever goes wrong is a sentence that names the channel, never its address.
 */
import { createHmac } from 'node:crypto';
import type { World } from '../world/world.ts';
import type { Message } from './message.ts';

export interface Webhook {
  readonly id: string;
  /** http or https. */
  readonly url: string;
  /** Key of the signature. */
  readonly secret: string;
  /** Longest wait for the answer, ms. */
  readonly timeoutMs: number;
}

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

/** Why a connection failed, by the code of the system or of TLS. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code ?? (error instanceof Error ? error.name : 'error');
}

/** Sends one message; `delivery` names it. Rejects with a sentence for the operator. */
export async function sendWebhook(hook: Webhook, message: Message, delivery: string, world: World): Promise<void> {
  const { id, url, secret, timeoutMs } = hook;
  const body = JSON.stringify(message);
  const time = world.now();
  const answered = new AbortController();
  const limit = new AbortController();
  world.sleep(timeoutMs, answered.signal).then(
    () => limit.abort(),
    () => undefined,
  );
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        [timeHeader]: String(time),
        [signatureHeader]: signature(secret, time, body),
        [deliveryHeader]: delivery,
      },
      body,
      redirect: 'manual',
      signal: limit.signal,
    });
    await response.body?.cancel();
    if (response.ok) return;
    throw new Error(
      `通道 ${id} 的接收方答复 ${response.status}，消息未被接受 / channel ${id} answered ${response.status}; the message was not taken`,
    );
  } catch (error) {
    if (limit.signal.aborted) {
      const seconds = timeoutMs / 1000;
      throw new Error(
        `通道 ${id} 在 ${seconds} 秒内没有应答，请检查网络和接收方 / channel ${id} did not answer within ${seconds} s; check the network and the receiver`,
        { cause: error },
      );
    }
    if (!(error instanceof TypeError)) throw error;
    const reason = reasonOf(error);
    throw new Error(
      `通道 ${id} 连接不上（${reason}），请检查地址和网络 / channel ${id} cannot be reached (${reason}); check its address and the network`,
      { cause: error },
    );
  } finally {
    answered.abort();
  }
}
