/**
 * What chat robots and chat applications have to do with: the words beside an alarm in a group, and why WeCom, DingTalk or
 * Feishu did not take a message, with what to do about it. It must never carry a key, an address, or a text of the other side.
 */
import type { Words } from '../words.ts';

/** Whose servers a chat channel talks to. */
export type ChatVendor = 'wecom' | 'dingtalk' | 'feishu';

const vendors: Readonly<Record<ChatVendor, Words>> = {
  wecom: { zh: '企业微信', en: 'WeCom' },
  dingtalk: { zh: '钉钉', en: 'DingTalk' },
  feishu: { zh: '飞书', en: 'Feishu' },
};

/** Stands where a text was cut. */
export const cutHere: Words = { zh: '……（太长，其余请看网页）', en: '… (too long; the rest is on the page)' };

/** A picture there is, which this message does not bring. */
export const pictureElsewhere: Words = {
  zh: '有抓拍画面，请在网页上看',
  en: 'a picture was taken; see it on the page',
};

/** The label of a link that opens what is told of. */
export const openPage: Words = { zh: '打开处置页', en: 'Open the alarm' };

/** On a button, where four Chinese characters fit. */
export const lookButton: Words = { zh: '查看', en: 'Open' };
export const goButton: Words = { zh: '我去处理', en: 'I am going' };

export const noIdOf = (vendor: ChatVendor): Words => ({
  zh: `配置里没有这个人的${vendors[vendor].zh}账号`,
  en: `the configuration has no ${vendors[vendor].en} id of this person`,
});

export const notInApp = (vendor: ChatVendor): Words => ({
  zh: `${vendors[vendor].zh}说账号不对或不在应用的可见范围内，请核对账号，并在管理后台把这个人加入可见范围`,
  en: `${vendors[vendor].en} says that the id is wrong or may not see the application; check the id, and let this person see the application in the admin console`,
});

export const nobodyToSendTo = (id: string, vendor: ChatVendor): Words => ({
  zh: `通道 ${id} 没有可发的人：收件人都没有${vendors[vendor].zh}账号，请在 people 里填写`,
  en: `channel ${id} has nobody to send to: none of the recipients has a ${vendors[vendor].en} id; write it under people`,
});

/** Beside a text that was taken: its picture was not. */
export const pictureNotTaken = (why: Words): Words => ({
  zh: `文字已送达，画面没有送达：${why.zh}`,
  en: `the text was taken, the picture was not: ${why.en}`,
});

export const chatTooFast = (id: string, vendor: ChatVendor, code: string): Words => ({
  zh: `通道 ${id}：${vendors[vendor].zh}答复 ${code}，发得太快；每分钟的条数有限，请少让几级升级用同一个机器人`,
  en: `channel ${id}: ${vendors[vendor].en} answered ${code}, too many messages; it takes only so many in a minute, so let fewer steps share one robot`,
});

/** 200 and no word of the vendor: what stands between has answered, such as the sign-in page of a network. */
export const noChatAnswer = (id: string, vendor: ChatVendor): Words => ({
  zh: `通道 ${id} 得到的不是${vendors[vendor].zh}的应答（可能是上网认证页或代理），请检查主机的上网方式`,
  en: `channel ${id} was not answered by ${vendors[vendor].en} but perhaps by a sign-in page or a proxy; check how this machine gets to the internet`,
});

/** Why a robot refuses, as far as its code says so. */
export type ChatReason = keyof typeof reasons;

const reasons = {
  'gone-robot': {
    zh: '机器人地址不对，或机器人已被移出群；请在群里重新复制地址',
    en: 'its address is wrong, or the robot was removed; copy the address from the group anew',
  },
  'robot-off': {
    zh: '机器人已停用；请在群设置里启用',
    en: 'the robot is switched off; switch it on in the settings of the group',
  },
  'gone-group': {
    zh: '群已解散；请换一个群的机器人',
    en: 'the group was dissolved; use the robot of another group',
  },
  'too-long': {
    zh: '消息太长；这是网关的错误，请报告',
    en: 'the message is too long; that is a mistake of the gateway, please report it',
  },
  malformed: {
    zh: '消息的格式不对；这是网关的错误，请报告',
    en: 'the message has the wrong form; that is a mistake of the gateway, please report it',
  },
  picture: {
    zh: '画面不合要求（JPG 或 PNG，不超过 2 MB）；请检查摄像机的抓图设置',
    en: 'the picture does not fit (JPG or PNG, at most 2 MB); check what pictures the camera takes',
  },
  'picture-changed': {
    zh: '画面的校验值不符：途中被改动；请检查代理',
    en: 'the picture does not match its checksum and was changed on the way; check the proxy',
  },
  signature: {
    zh: '签名不对；请核对加签密钥（password）与机器人安全设置',
    en: 'the signature is wrong; check the signing secret (password) against the security settings of the robot',
  },
  clock: {
    zh: '时间差得太多；请校正网关主机的时钟',
    en: "the time is too far off; set the clock of the gateway's machine right",
  },
  'signature-or-clock': {
    zh: '签名不对，或时间差了一小时以上；请核对签名密钥（password）和网关主机的时钟',
    en: "the signature is wrong, or the time is more than an hour off; check the signing secret (password) and the clock of the gateway's machine",
  },
  address: {
    zh: '学校的出口地址不在机器人允许的 IP 里；请在安全设置里加上，或改用签名',
    en: "the school's address is not among those the robot allows; add it in its security settings, or use a signature instead",
  },
  'trusted-address': {
    zh: '学校的出口 IP 不在应用的“企业可信IP”里；请在管理后台加上。拨号上网的 IP 会变，请用 proxy 走固定地址',
    en: "the school's address is not among the application's trusted IPs; add it in the admin console. An address that changes with each redial needs proxy, a relay with a fixed one",
  },
  keyword: {
    zh: '文字里没有机器人要求的关键词；请在安全设置里改用签名',
    en: 'the text has none of the keywords the robot asks for; use a signature in its security settings instead',
  },
  'which-guard': {
    zh: '没有通过机器人的安全设置；请核对签名密钥、关键词、允许的 IP 和主机时钟',
    en: 'it did not pass the security settings of the robot; check signing secret, keywords, allowed addresses and the clock',
  },
  credentials: {
    zh: 'corp 或应用的 Secret 不对；请在管理后台重新复制',
    en: 'corp or the secret of the application is wrong; copy both from the admin console anew',
  },
  'app-key': {
    zh: 'appKey 或 AppSecret 不对；请在开发者后台“凭证与基础信息”里重新复制',
    en: 'appKey or the secret of the application is wrong; copy both from the developer console anew',
  },
  'app-permission': {
    zh: '应用没有“企业内机器人发送消息”权限；请在开发者后台“权限管理”里开通，再发布版本',
    en: 'the application may not send by its robot; grant it qyapi_robot_sendmsg in the developer console and publish a version',
  },
  'app-robot': {
    zh: '应用的机器人没有发布、已停用，或 robot 不对；请在开发者后台核对 RobotCode 并发布版本',
    en: 'the robot of the application is not published or switched off, or robot is wrong; check the RobotCode and publish a version',
  },
  'exit-address': {
    zh: '学校的出口 IP 不在应用的“服务器出口 IP”里；请在开发者后台加上，或用 proxy 走固定地址',
    en: "the school's address is not among the application's exit addresses; add it in the developer console, or use proxy, a relay with a fixed one",
  },
  application: {
    zh: 'agent 不对或应用已停用；请在管理后台核对 AgentId',
    en: 'agent is wrong or the application is switched off; check the AgentId in the admin console',
  },
  'nobody-allowed': {
    zh: '收件人都不在应用的可见范围内，或账号不对；请在管理后台核对',
    en: 'none of the recipients may see the application, or the ids are wrong; check both in the admin console',
  },
  content: {
    zh: '内容被判为不当；请看群里其他消息，并改掉名称里的敏感字',
    en: 'its content was judged unfit; see whether a name in the configuration holds a word that is not let through',
  },
  busy: { zh: '服务器忙，稍后再发', en: 'its servers are busy; the message has to be sent again' },
  unexplained: {
    zh: '消息未被接受；这个代码的含义请查对方的文档',
    en: 'the message was not taken; look its code up in its documentation',
  },
} as const satisfies Readonly<Record<string, Words>>;

export const chatRefused = (id: string, vendor: ChatVendor, code: string, reason: ChatReason): Words => ({
  zh: `通道 ${id}：${vendors[vendor].zh}答复 ${code}，${reasons[reason].zh}`,
  en: `channel ${id}: ${vendors[vendor].en} answered ${code}: ${reasons[reason].en}`,
});

/** What DingTalk says beside the one number of its security settings, old servers in English and new ones in Chinese. */
export const guardSayings: readonly (readonly [says: RegExp, reason: ChatReason])[] = [
  [/sign|签名/i, 'signature'],
  [/keyword|关键词/i, 'keyword'],
  [/timestamp|时间戳/i, 'clock'],
  [/\bip\b|whitelist|白名单/i, 'address'],
];
