/**
 * What each kind of channel is called and what it needs, for whoever sets one up; and what persons are reached by. A kind without a row
 * is shown by the name the configuration gives it; a test finds it.
 */
import type { ContactWay } from '../../core/types.ts';
import type { Words } from '../words.ts';

/** A kind of channel in words. */
export interface KindWords {
  readonly title: Words;
  /** What has to be there before it works. */
  readonly needs: Words;
}

export const channelKindWords: Readonly<Record<string, KindWords>> = {
  webhook: {
    title: { zh: '通用 webhook', en: 'webhook' },
    needs: {
      zh: '接收方的地址，和双方共用的签名密钥',
      en: 'the address of a receiver, and the secret that messages are signed with',
    },
  },
  'wecom-robot': {
    title: { zh: '企业微信群机器人', en: 'WeCom robot of a group' },
    needs: {
      zh: '群里添加机器人后得到的地址；能上外网',
      en: 'the address the group shows for its robot; the internet',
    },
  },
  'wecom-app': {
    title: { zh: '企业微信应用消息', en: 'WeCom application' },
    needs: {
      zh: '企业 ID、应用 AgentId 和 Secret、可信 IP；每人的企业微信账号',
      en: 'id of the company, AgentId and Secret of the application, a trusted address; the WeCom id of each person',
    },
  },
  'dingtalk-robot': {
    title: { zh: '钉钉群机器人', en: 'DingTalk robot of a group' },
    needs: {
      zh: '群里添加机器人后得到的地址，建议加签；能上外网',
      en: 'the address the group shows for its robot, best with its secret; the internet',
    },
  },
  'dingtalk-app': {
    title: { zh: '钉钉应用消息', en: 'DingTalk application' },
    needs: {
      zh: '企业内部应用的 AppKey、AppSecret，开通并发布机器人；每人的钉钉 userId；能上外网',
      en: 'AppKey and AppSecret of an internal application with a published robot; the DingTalk user id of each person; the internet',
    },
  },
  'feishu-robot': {
    title: { zh: '飞书群机器人', en: 'Feishu robot of a group' },
    needs: {
      zh: '群里添加机器人后得到的地址，建议签名校验；能上外网',
      en: 'the address the group shows for its robot, best with its secret; the internet',
    },
  },
  'sms-modem': {
    title: { zh: '短信猫', en: 'SMS by a modem' },
    needs: {
      zh: '短信猫、SIM 卡和 smstools；不用外网；每人的手机号',
      en: 'a modem, a SIM card and smstools; no internet; the mobile number of each person',
    },
  },
  'sms-aliyun': {
    title: { zh: '短信（阿里云）', en: 'SMS by Alibaba Cloud' },
    needs: {
      zh: '阿里云 AccessKey、审核通过的签名和模板；每人的手机号；能上外网',
      en: 'an AccessKey, an approved signature and template; the mobile number of each person; the internet',
    },
  },
  'voice-aliyun': {
    title: { zh: '语音电话（阿里云）', en: 'Calls by Alibaba Cloud' },
    needs: {
      zh: '阿里云 AccessKey、审核通过的语音模板；每人的手机号；能上外网',
      en: 'an AccessKey and an approved voice template; the mobile number of each person; the internet',
    },
  },
  email: {
    title: { zh: '邮件', en: 'e-mail' },
    needs: {
      zh: '邮件服务器、发件账号和授权码；每人的邮箱',
      en: 'a mail server, an account with its password; the e-mail address of each person',
    },
  },
  ntfy: {
    title: { zh: 'ntfy 推送', en: 'push by ntfy' },
    needs: {
      zh: 'ntfy 服务器和主题；手机装 ntfy 应用并订阅',
      en: 'a server of ntfy and a topic; its app on the phones, subscribed to it',
    },
  },
  bark: {
    title: { zh: 'Bark 推送（iPhone）', en: 'push by Bark (iPhone)' },
    needs: {
      zh: 'Bark 应用里的设备密钥，每台手机一个通道；能上外网',
      en: 'the key the Bark app shows, one channel for each phone; the internet',
    },
  },
  horn: {
    title: { zh: '网络喇叭', en: 'horn on the network' },
    needs: {
      zh: '能用 HTTP 请求播放录音文件的喇叭，文件已存在喇叭里',
      en: 'a horn that plays a file when it is asked over HTTP, with the files on it',
    },
  },
};

/** By what persons are reached. */
export const wayWords: Readonly<Record<ContactWay, Words>> = {
  phone: { zh: '手机号', en: 'mobile number' },
  wecom: { zh: '企业微信账号', en: 'WeCom id' },
  dingtalk: { zh: '钉钉账号', en: 'DingTalk id' },
  feishu: { zh: '飞书账号', en: 'Feishu id' },
  email: { zh: '邮箱', en: 'e-mail address' },
};
