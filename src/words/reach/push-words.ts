/**
 * What pushes to phones and horns say when a message did not get through. It must never carry an address, a topic or a key.
 */
import type { Words } from '../words.ts';

const reasons: Readonly<Record<'ntfy' | 'bark', Readonly<Record<string, Words>>>> = {
  ntfy: {
    40009: { zh: '主题名不对，请核对 topic', en: 'the topic will not do; check topic' },
    40101: { zh: '访问令牌不对，请核对密码', en: 'the access token is wrong; check the password' },
    40301: { zh: '这个令牌不能写这个主题', en: 'this token may not write to the topic' },
    41301: { zh: '消息太长', en: 'the message is too long' },
  },
  bark: {
    400: {
      zh: '设备密钥不对或手机已换，请在 Bark 应用里重新复制',
      en: 'the key is wrong or the phone was changed; copy it anew from the Bark app',
    },
    500: { zh: 'Bark 服务器推送失败，请检查它到苹果的网络', en: 'the Bark server cannot push; check its way to Apple' },
  },
};
const other: Words = { zh: '请检查推送服务器', en: 'check the push server' };

export function pushRefused(id: string, kind: 'ntfy' | 'bark', code: string): Words {
  const { zh, en } = reasons[kind][code] ?? other;
  return {
    zh: `通道 ${id} 的推送服务器答复 ${code}：${zh}`,
    en: `the push server of channel ${id} answered ${code}: ${en}`,
  };
}

export const pushTooFast = (id: string, code: string): Words => ({
  zh: `通道 ${id} 发得太快，推送服务器限流（${code}），请放宽它的限速`,
  en: `channel ${id} sent too much and its push server holds back (${code}); raise its limit`,
});

export const noPushAnswer = (id: string): Words => ({
  zh: `通道 ${id} 收到的应答不是推送服务器的，请核对 server 和网络`,
  en: `what answered channel ${id} is no push server; check server and the network`,
});

export const hornRefusesLogIn = (id: string): Words => ({
  zh: `通道 ${id} 的喇叭拒绝登录，请核对 user、密码和 auth（basic、digest）`,
  en: `the horn of channel ${id} refuses the log-in; check user, password and auth (basic, digest)`,
});
