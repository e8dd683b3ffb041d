/**
 * How WeCom (企业微信) answers, robots and applications alike: `errcode` and `errmsg`, with the numbers of its table of global
 * codes (developer.work.weixin.qq.com, document 90313). It must know nothing of what is sent.
 */
import type { ChatDialect } from './chat-answer.ts';

/** Where WeCom's servers are. */
export const wecomHost = 'https://qyapi.weixin.qq.com';

/** The longest that a picture may keep the verdict on a text waiting that was taken, ms; all of a message ends within 30 s. Ours. */
export const pictureMs = 5_000;

export const wecomDialect: ChatDialect = {
  vendor: 'wecom',
  fields: ['errcode'],
  saying: 'errmsg',
  // 20 messages a minute for one robot (document 91770); how long it stays shut is not said.
  tooFast: { 45009: undefined, 45033: undefined },
  reasons: {
    '-1': 'busy',
    ...{ 40001: 'credentials', 40013: 'credentials', 40014: 'credentials', 41001: 'credentials', 42001: 'credentials' },
    ...{ 40003: 'nobody-allowed', 81013: 'nobody-allowed', 82001: 'nobody-allowed' },
    ...{ 40006: 'picture', 40009: 'picture', 301019: 'picture-changed' },
    40008: 'malformed',
    40056: 'application',
    40058: (saying) => (/length|exceed/i.test(saying) ? 'too-long' : 'malformed'),
    ...{ 44004: 'malformed', 45002: 'too-long', 47001: 'malformed' },
    ...{ 48002: 'application', 301002: 'application' },
    60020: 'trusted-address',
    ...{ 93000: 'gone-robot', 93004: 'robot-off', 93008: 'gone-robot' },
  },
};
