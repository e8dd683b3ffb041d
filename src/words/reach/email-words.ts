/**
 * What the channel by e-mail says when a message did not get through: the channel by its name, what the mail server answered as a number, and
 * the remedy. It must never carry an address, a user or a text of the server.
 */
import type { Words } from '../words.ts';

/** What to do about an answer of the server (RFC 5321, 4.2.3). */
const answers: Readonly<Record<string, Words>> = {
  421: { zh: '服务器暂时不收，可能限速', en: 'the server takes none for now, perhaps too many came' },
  450: { zh: '邮箱暂时不可用，或需要稍后重试', en: 'the mailbox is not free just now, or wants to be tried later' },
  451: { zh: '服务器暂时出错，或需要稍后重试', en: 'the server has an error just now, or wants to be tried later' },
  452: { zh: '服务器空间不足', en: 'the server has no room' },
  530: { zh: '服务器要求登录，请写 user 和密码', en: 'the server wants a log-in; configure user and its password' },
  534: { zh: '服务器不接受这种登录方式', en: 'the server does not take this way of logging in' },
  535: {
    zh: '登录失败，请检查 user 和密码；QQ、163 等邮箱要用授权码，不是网页密码',
    en: 'the log-in failed; check user and password. QQ, 163 and others want an authorisation code, not the password of the web page',
  },
  550: { zh: '收件邮箱不存在，或被拒收', en: 'there is no such mailbox, or it refuses' },
  552: { zh: '邮件太大或邮箱已满', en: 'the mail is too large, or the mailbox full' },
  553: { zh: '发件地址不被接受，from 要与 user 一致', en: 'the sender is not taken; from must be that of user' },
  554: { zh: '被当作垃圾邮件或被拒绝', en: 'it was taken for spam, or refused' },
};
const otherAnswer: Words = { zh: '请检查邮件服务器', en: 'check the mail server' };

/** The server's answer to the message, or to one person of it. */
export function mailRefused(id: string, code: string): Words {
  const said = answers[code] ?? otherAnswer;
  return {
    zh: `通道 ${id} 的邮件服务器答复 ${code}：${said.zh}`,
    en: `the mail server of channel ${id} answered ${code}: ${said.en}`,
  };
}

/** What to do about a connection that did not come about. */
const ways: readonly { readonly codes: RegExp; readonly remedy: Words }[] = [
  {
    codes: /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_)/,
    remedy: {
      zh: '服务器证书不可信：host 要与证书一致；自建证书请在 ca 里写签发机构',
      en: 'the certificate of the server is not to be trusted; host must be the name in it, and ca the authority of a school of its own',
    },
  },
  {
    codes: /^(ETLS|ERR_SSL_|EPROTO)/,
    remedy: {
      zh: '加密连接建不起来，请核对 security（starttls、tls）和端口',
      en: 'no encrypted connection comes about; see whether security (starttls, tls) and port fit',
    },
  },
  {
    codes: /^(ENOTFOUND|EAI_AGAIN|EDNS)/,
    remedy: { zh: '找不到这个主机名，请检查 host 和 DNS', en: 'there is no such host; check host and DNS' },
  },
];
const unreachable: Words = { zh: '请检查 host、port 和网络', en: 'check host, port and the network' };

/** It was never reached, so that nothing was sent. `code`: of the system or of TLS. */
export function mailUnreachable(id: string, code: string): Words {
  const { zh, en } = ways.find(({ codes }) => codes.test(code))?.remedy ?? unreachable;
  return {
    zh: `通道 ${id} 连不上邮件服务器（${code}）：${zh}`,
    en: `channel ${id} cannot reach its mail server (${code}): ${en}`,
  };
}

export const mailUnsure = (id: string): Words => ({
  zh: `通道 ${id} 的邮件已经交出，服务器没有确认收下：可能已经发出，请检查邮件服务器`,
  en: `the mail of channel ${id} was handed over and the server did not say that it took it: it may have gone; check the mail server`,
});

export const caUnreadable = (id: string, path: string, code: string): Words => ({
  zh: `通道 ${id} 读不出 ca 文件 ${path}（${code}），请检查路径和读取权限`,
  en: `channel ${id} cannot read the file ${path} of ca (${code}); check its path and who may read it`,
});
