/**
 * Pretended chat servers and the channels that talk to them, for tests: one clock for both sides that only the test moves, a
 * reader of everything the groups get, and the message about the climb at the east wall.
 */
import { onTestFinished } from 'vitest';
import { type ChatServer, openChat } from '../../simulators/chat/chat-server.ts';
import type { AppAccount, ChatAccounts, ChatMessage, DingtalkAccount } from '../../simulators/chat/chat-types.ts';
import { makeChannel } from '../../src/perform/channel-kinds.ts';
import type { Channel, Recipient, Sending } from '../../src/perform/sending/channel.ts';
import type { ChannelKind, ChannelOptions } from '../../src/site/schema-channel.ts';
import { realWorld, type World } from '../../src/world/world.ts';
import { PATIENCE_MS } from '../patience.ts';
import { type Reader, reader } from './expecting.ts';
import { climbTold, guard, head } from './told.ts';

type ChatKinds = 'wecom-robot' | 'wecom-app' | 'dingtalk-robot' | 'dingtalk-app' | 'feishu-robot';

const accounts: ChatAccounts & { readonly dingtalkApp: DingtalkAccount } = {
  wecom: { key: '693a91f6-7aoc-4bc4-97a0-0ec2sifa5aaa' },
  dingtalk: { key: 'a1b2c3d4e5f60718293a4b5c6d7e8f90', secret: 'SEC0000gatehouse-test-only' },
  feishu: { key: '5c3f9a1e-1111-4222-8333-944455556666', secret: 'SEC0000gatehouse-test-only' },
  app: {
    ...{ corp: 'ww0123456789abcdef', secret: 'app-secret-for-tests', agent: 1_000_002 },
    ...{ users: ['ZhangWeiguo', 'LiMing'], trusted: true, tokenSeconds: 7_200 },
  },
  dingtalkApp: {
    ...{ appKey: 'ding1a2b3c4d5e6f', secret: 'ding-secret-for-tests', robot: 'ding1a2b3c4d5e6f' },
    ...{ users: ['zhang-1', 'li-1'], allowed: true, published: true, tokenSeconds: 7_200 },
  },
};
const { wecom, dingtalk, feishu, app, dingtalkApp } = accounts;
const look = { form: 'text', language: 'zh', mentionAll: false } as const;

/** Each kind as it is set up when nothing special is wanted. */
const usual: { readonly [K in ChatKinds]: Omit<ChannelOptions<K>, 'id' | 'proxy' | 'timeoutMs'> } = {
  'wecom-robot': { protocol: 'wecom-robot', hook: wecom.key, secret: undefined, ...look },
  'wecom-app': { protocol: 'wecom-app', corp: app.corp, agent: app.agent, secret: app.secret, form: 'card' },
  'dingtalk-robot': { protocol: 'dingtalk-robot', hook: dingtalk.key, secret: dingtalk.secret, ...look },
  'dingtalk-app': {
    ...{
      protocol: 'dingtalk-app',
      appKey: dingtalkApp.appKey,
      secret: dingtalkApp.secret,
      form: 'card',
      replies: true,
    },
  },
  'feishu-robot': { protocol: 'feishu-robot', hook: feishu.key, secret: feishu.secret, ...look },
};

/** Those who are told, with ids in every chat. */
export const zhang: Recipient = { ...guard, wecom: 'ZhangWeiguo', dingtalk: 'zhang-1', feishu: 'ou_zhang' };
export const liMing: Recipient = { ...head, wecom: 'LiMing', dingtalk: 'li-1', feishu: 'ou_li' };

/** What leads to the page of the alarm. */
export const link = 'http://192.168.8.10:8080/console?alarm=1';

/** The message about the climb, to the guard. */
export const climb: Sending = { message: { ...climbTold(), link }, delivery: 'notify/1/9/group', to: [zhang] };

export interface ChatPeer {
  readonly server: ChatServer;
  /** The application's account at WeCom, which may be changed while the server runs. */
  readonly app: AppAccount;
  /** The same of DingTalk. */
  readonly dingtalkApp: DingtalkAccount;
  readonly world: World;
  /** Reads all groups. */
  readonly group: Reader<ChatMessage>;
  /** So much time passes for both sides, ms. */
  passes(ms: number): void;
  options<K extends ChatKinds>(kind: K, more?: Partial<ChannelOptions<K>>): ChannelOptions;
  channel<K extends ChatKinds>(kind: K, more?: Partial<ChannelOptions<K>>): Channel;
}

/** Opens the servers for one test. */
export async function chatPeer(more: Partial<ChatAccounts> = {}): Promise<ChatPeer> {
  let now = 1_767_225_600_000;
  const group = reader<ChatMessage>('the group', ({ kind, form, text }) => `${kind} ${form} ${text}`);
  const own = { ...app, ...more.app };
  const ownDing = { ...dingtalkApp, ...more.dingtalkApp };
  const server = await openChat({
    accounts: { ...accounts, ...more, app: own, dingtalkApp: ownDing },
    now: () => now,
    heard: (message) => group.hears(message),
  });
  onTestFinished(() => server.stop());
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const options: ChatPeer['options'] = (kind, special = {}) => {
    const made: object = { id: 'group', proxy: server.url, timeoutMs: PATIENCE_MS, ...usual[kind], ...special };
    return made as ChannelOptions;
  };
  return {
    ...{ server, app: own, dingtalkApp: ownDing, group, options },
    world: { ...realWorld(quiet), now: () => now, elapsed: () => now },
    passes: (ms) => {
      now += ms;
    },
    channel: (kind, special) => makeChannel<ChannelKind>(options(kind, special)),
  };
}
