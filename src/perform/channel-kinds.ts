/**
 * Every kind of channel and what makes it. A new kind is three things, and the compiler asks for the other two as soon as
 * there is one: its schema in `src/site/schema-channel.ts`, a file beside `webhook.ts` that exports a `Maker` of that kind,
 * and its line in the record here. The conformance test walks the record and asks for a row of what its peer says. A kind
 * must not look at the configuration or at another kind.
 */
import type { ChannelKind, ChannelOptions } from '../site/schema-channel.ts';
import { smsAliyun, voiceAliyun } from './aliyun.ts';
import { dingtalkApp } from './chat/dingtalk-app.ts';
import { dingtalkRobot } from './chat/dingtalk-robot.ts';
import { feishuRobot } from './chat/feishu-robot.ts';
import { wecomApp } from './chat/wecom-app.ts';
import { wecomRobot } from './chat/wecom-robot.ts';
import { email } from './email.ts';
import { horn } from './horn.ts';
import { bark, ntfy } from './push.ts';
import type { Channel, Maker } from './sending/channel.ts';
import { smsModem } from './sms-modem.ts';
import { webhook } from './webhook.ts';

export const makers: { readonly [K in ChannelKind]: Maker<K> } = {
  webhook,
  ntfy,
  bark,
  horn,
  'sms-modem': smsModem,
  'wecom-robot': wecomRobot,
  'wecom-app': wecomApp,
  'dingtalk-robot': dingtalkRobot,
  'dingtalk-app': dingtalkApp,
  'feishu-robot': feishuRobot,
  email,
  'sms-aliyun': smsAliyun,
  'voice-aliyun': voiceAliyun,
};

/** The channel these options describe. */
export function makeChannel<K extends ChannelKind>(options: ChannelOptions<K>): Channel {
  const maker: Maker<K> = makers[options.protocol];
  return maker(options);
}
