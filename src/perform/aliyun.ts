/**
 * SMS and calls by Alibaba Cloud (短信服务 SendSms, 语音服务 SingleCallByTts), one request a person, in the words of templates that the vendor
 * has approved: only their variables are ours, and each is short. An answer is judged by its code; of the code only known ones, and those
 * of the vendor's shape, get into a verdict.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { ChannelOptions } from '../site/schema-channel.ts';
import {
  aliyunRefused,
  aliyunTooFast,
  insteadOfKind,
  insteadOfTime,
  isAliyunCode,
  noAliyunAnswer,
} from '../words/reach/aliyun-words.ts';
import type { World } from '../world/world.ts';
import { objectOf } from './sending/answer-text.ts';
import type { Maker, Sending, Verdict } from './sending/channel.ts';
import { toEach } from './sending/each-person.ts';
import { exchange, type HttpAnswer, refusedBy, unfinished } from './sending/http-post.ts';
import type { Message } from './sending/message.ts';
import { cutText } from './sending/short-text.ts';
import { acs3 } from './sign/acs3.ts';

type AliyunOptions = ChannelOptions<'sms-aliyun' | 'voice-aliyun'>;
type Variables = AliyunOptions['variables'];

/** What a variable of a template may be filled with. Templates are Chinese. */
const fillings: Readonly<Record<Variables[string], (message: Message) => string>> = {
  title: ({ title }) => title.zh,
  place: ({ place, title }) => (place ?? title).zh,
  kind: ({ kindTitle, about }) => (kindTitle ?? insteadOfKind[about]).zh,
  time: ({ time }) => time ?? insteadOfTime.zh,
  school: ({ school }) => school.zh,
  number: ({ alarm }) => String(alarm ?? 0),
};

/** The values of a template's variables. The brackets of a signature, and breaks, are allowed in none. */
function filled(message: Message, variables: Variables, most: number): string {
  const values = Object.entries(variables).map(([name, filling]) => {
    const value = fillings[filling](message)
      .replaceAll(/[【】]/g, '')
      .replaceAll(/\s+/gu, ' ')
      .trim();
    return [name, cutText(value, most)] as const;
  });
  return JSON.stringify(Object.fromEntries(values));
}

/** A number as the vendor wants it: without + or 00, and a Chinese one without its country. */
const numberOf = (phone: string): string => phone.replace(/^\+(86(?=1\d{10}$))?/, '');

/** Codes that mean that too much was sent. */
const tooFast = /^(isv\.(BUSINESS_LIMIT_CONTROL|DAY_LIMIT_CONTROL|MONTH_LIMIT_CONTROL)|Throttling(\.[A-Za-z]{1,20})?)$/;
/** Codes the vendor may have made since: of this shape alone they are told further. */
const shape = /^is[vp]\.[A-Z_]{3,50}$/;
/** The number a message was given, such as `134523^4351232`. */
const receiptShape = /^[\d^]{4,60}$/;

/** What an answer of the vendor means. `receipt`: the field with the number of the message. */
function judged(asked: { id: string; timeoutMs: number }, answer: HttpAnswer, receipt: string): Verdict {
  const { id } = asked;
  const { ok, status, text } = answer;
  if (ok && text === undefined) return unfinished(asked, answer);
  const said = objectOf(text ?? '');
  const { Code: code } = said ?? {};
  if (ok && said && code === 'OK') {
    const number = said[receipt];
    return { is: 'told', ...(typeof number === 'string' && receiptShape.test(number) && { receipt: number }) };
  }
  if (typeof code !== 'string')
    return ok ? { is: 'refused', code: '—', why: noAliyunAnswer(id) } : refusedBy(id, status);
  if (tooFast.test(code)) return { is: 'too-fast', why: aliyunTooFast(id, code) };
  const known = isAliyunCode(code) || shape.test(code) ? code : '—';
  return { is: 'refused', code: known, why: aliyunRefused(id, known) };
}

/** What is asked of one of the vendor's services for one person. */
interface AskedService {
  readonly host: string;
  readonly action: string;
  readonly receipt: string;
  readonly query: (number: string, values: string) => Readonly<Record<string, string>>;
}

async function ask(
  options: AliyunOptions,
  how: AskedService,
  sending: Sending,
  phone: string,
  world: World,
): Promise<Verdict> {
  const { id, keyId, secret, variables, most, proxy, timeoutMs } = options;
  const { message, delivery } = sending;
  const { query, headers } = acs3({
    ...{ host: how.host, action: how.action, version: '2017-05-25', keyId, keySecret: secret },
    query: {
      ...how.query(numberOf(phone), filled(message, variables, most)),
      // Comes back in the receipt.
      OutId: createHash('sha256').update(delivery).digest('hex').slice(0, 32),
    },
    now: world.now(),
    nonce: randomUUID(),
  });
  const asked = {
    id,
    url: `${proxy ?? `https://${how.host}`}/?${query}`,
    headers,
    timeoutMs,
    refusalsSpeak: true,
  } as const;
  const answer = await exchange(asked, world);
  return answer.is === 'answered' ? judged(asked, answer, how.receipt) : answer;
}

/** A channel of SMS. */
export const smsAliyun: Maker<'sms-aliyun'> = (options) => {
  const { id, sign, template } = options;
  const how: AskedService = {
    ...{ host: 'dysmsapi.aliyuncs.com', action: 'SendSms', receipt: 'BizId' },
    query: (number, values) => ({
      ...{ PhoneNumbers: number, SignName: sign, TemplateCode: template, TemplateParam: values },
    }),
  };
  return async (sending, world) =>
    await toEach(id, 'phone', sending.to, (_, phone) => ask(options, how, sending, phone, world));
};

/** A channel that calls and reads a text out. */
export const voiceAliyun: Maker<'voice-aliyun'> = (options) => {
  const { id, shown, template, times } = options;
  const how: AskedService = {
    ...{ host: 'dyvmsapi.aliyuncs.com', action: 'SingleCallByTts', receipt: 'CallId' },
    query: (number, values) => ({
      ...{ CalledNumber: number, TtsCode: template, TtsParam: values, PlayTimes: String(times) },
      ...(shown !== undefined && { CalledShowNumber: shown }),
    }),
  };
  return async (sending, world) =>
    await toEach(id, 'phone', sending.to, (_, phone) => ask(options, how, sending, phone, world));
};
