/**
 * The shape of chat channels: robots of groups, and an application that writes to single persons. What a robot's address ends
 * in is its key, and whoever has it can write to the group: so it never stands in the file. Texts given as `error` or message
 * finish the sentence "expected …".
 */

import { z } from 'zod';
import { secretUses } from '../../words/site/config-tell-words.ts';
import { hasHost, id, secret, words } from './schema-parts.ts';

export const proxy = z
  .string()
  .regex(/^https?:\/\/[^\s?#@]+[^\s?#@/]$/, 'the beginning of an address, such as https://relay.example')
  .refine(hasHost, 'the beginning of an address, such as https://relay.example')
  .optional()
  .describe("In place of the vendor's own address: a relay with a fixed one, or a peer for tests");

/** What all chat channels have. */
const chat = {
  id,
  title: words,
  proxy,
  timeoutMs: z.int().min(100).max(10_000).default(5_000).describe('Longest wait for the answer, ms'),
};

/** The key of a robot, alone or as the whole address that the group shows. */
const hook = (address: string, label: string) =>
  z
    .string()
    .refine(
      (value) => /^[\w-]{10,200}$/.test(value.startsWith(address) ? value.slice(address.length) : value),
      `the address of the robot as ${label} shows it, ${address}…, or what follows there alone`,
    )
    .describe(
      'Always a variable: the address of the robot, or the key at its end. Whoever has it can write to the group',
    );

/** What the robots of groups have. */
const robot = {
  ...chat,
  language: z.enum(['zh', 'en']).default('zh').describe('Language of what the group reads'),
  mentionAll: z.boolean().default(false).describe('Alarms of P1 ring everybody in the group'),
};

/** Every kind of chat channel. */
export const chatChannels = [
  z.strictObject({
    protocol: z.literal('wecom-robot'),
    ...robot,
    hook: hook('https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=', 'WeCom'),
    form: z
      .enum(['text', 'markdown', 'card'])
      .default('text')
      .describe('How a message looks that names nobody; only a text can ring persons'),
  }),
  z.strictObject({
    protocol: z.literal('wecom-app'),
    ...chat,
    corp: z
      .string()
      .regex(/^\w{8,40}$/, 'the id of the company, such as ww1234567890abcdef')
      .describe('Id of the company in WeCom'),
    agent: z.int().min(1).describe('AgentId of the application'),
    ...secret,
    form: z
      .enum(['text', 'card'])
      .default('card')
      .describe('A card has a button; a long message is a text all the same'),
    callbackToken: z
      .string()
      .regex(/^[A-Za-z0-9]{3,32}$/, 'the Token of the page for receiving messages, 3 to 32 letters and digits')
      .optional()
      .describe('Always a variable: the Token for receiving messages; messages then have a button'),
    callbackKey: z
      .string()
      .regex(/^[A-Za-z0-9]{43}$/, 'the EncodingAESKey of the page for receiving messages, 43 letters and digits')
      .optional()
      .describe('Always a variable: the EncodingAESKey beside that Token; needed with it'),
  }),
  z.strictObject({
    protocol: z.literal('dingtalk-robot'),
    ...robot,
    hook: hook('https://oapi.dingtalk.com/robot/send?access_token=', 'DingTalk'),
    ...secret,
    form: z
      .enum(['text', 'card'])
      .default('text')
      .describe('How a message looks that names nobody; only a text can ring persons'),
  }),
  z.strictObject({
    protocol: z.literal('dingtalk-app'),
    ...chat,
    appKey: z
      .string()
      .regex(/^\w{8,40}$/, 'the AppKey (Client ID) of the application, such as ding1a2b3c4d5e6f')
      .describe('AppKey of the internal application'),
    robot: z
      .string()
      .regex(/^[\w-]{8,60}$/, 'the RobotCode of its robot, such as ding1a2b3c4d5e6f')
      .optional()
      .describe('RobotCode of its robot, where it is not the AppKey'),
    ...secret,
    form: z
      .enum(['text', 'card'])
      .default('card')
      .describe('A card has buttons: to open the alarm, and where answers count, one that acknowledges'),
    replies: z
      .boolean()
      .default(false)
      .describe('Whether what people write to the robot counts: who writes acknowledges by it'),
  }),
  z.strictObject({
    protocol: z.literal('feishu-robot'),
    ...robot,
    hook: hook('https://open.feishu.cn/open-apis/bot/v2/hook/', 'Feishu'),
    ...secret,
    form: z.enum(['text', 'card']).default('text').describe('How a message looks'),
  }),
] as const;

/**
 * What is known of each kind beside its shape. WeCom and DingTalk take 20 messages in a minute of one robot; fifteen leave room
 * for pictures, and for what others let the same robot say. Feishu takes 100 in a minute and 5 in a second; sixty keeps clear of
 * both. An application of WeCom may send 30 in a minute and 1000 in an hour to one person: fifteen in a minute is both. One of DingTalk
 * may ask twenty times a second; what one person may get is not told, so it is sixty a minute. Ours.
 */
export const chatNatures = {
  'wecom-robot': { rungSec: 0, core: { names: 'phone', perMin: 15 } },
  'wecom-app': {
    rungSec: 0,
    secret: { use: secretUses.application, must: true },
    core: { each: 'wecom', perMin: 15 },
  },
  'dingtalk-robot': {
    rungSec: 0,
    secret: { use: secretUses.signed, must: false },
    core: { names: 'phone', perMin: 15 },
  },
  'dingtalk-app': {
    rungSec: 0,
    secret: { use: secretUses.application, must: true },
    core: { each: 'dingtalk', perMin: 60 },
  },
  'feishu-robot': {
    rungSec: 0,
    secret: { use: secretUses.signed, must: false },
    core: { names: 'feishu', perMin: 60 },
  },
} as const;
