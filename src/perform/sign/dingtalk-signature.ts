/**
 * How DingTalk signs, in both directions: the robot of a group wants it in the address, and what an application of the school is told
 * comes with it in the headers (钉钉 接收消息, header timestamp and sign). It covers the time alone, so whoever has heard one within its time
 * could say something else with it: only TLS keeps it secret, and one that was heard must count no more.
 */
import { createHmac } from 'node:crypto';

/** The signature of a time in ms since the epoch, in base64. */
export function dingtalkSignature(secret: string, time: number | string): string {
  return createHmac('sha256', secret).update(`${time}\n${secret}`).digest('base64');
}
