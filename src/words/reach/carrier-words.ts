/**
 * What channels to single persons say when a message did not get through: the channel by its name, what is wrong, and what to do
 * about it. It must never carry an address, a number or a text of the other side.
 */
import type { Words } from '../words.ts';

export const nobodyNamed = (id: string): Words => ({
  zh: `通道 ${id} 没有收件人，请在升级步骤里写上人员`,
  en: `channel ${id} has nobody to send to; name persons in the steps of the escalation`,
});

/** A way by which each gets a message of his own. */
type OwnWay = 'phone' | 'email' | 'dingtalk';

const ways: Readonly<Record<OwnWay, Words>> = {
  phone: { zh: '手机号（phone）', en: 'a mobile number (phone)' },
  email: { zh: '邮箱（email）', en: 'an e-mail address (email)' },
  dingtalk: { zh: '钉钉账号（dingtalk）', en: 'a DingTalk id (dingtalk)' },
};

export const noSuchWay = (id: string, way: OwnWay): Words => ({
  zh: `通道 ${id} 需要${ways[way].zh}，配置里这个人没有`,
  en: `channel ${id} needs ${ways[way].en}, which the configuration does not give for this person`,
});
