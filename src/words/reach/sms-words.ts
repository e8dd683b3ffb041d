/**
 * What the SMS modem says when a message did not get through: the folder, the program that empties it, the modem and the network, each
 * with its remedy. It must never carry a number or the text of a message.
 */
import type { Words } from '../words.ts';

/** Why the spool folder is of no use, by the code of the system. */
export function spoolUnusable(id: string, folder: string, code: string): Words {
  const remedies: Readonly<Record<string, Words>> = {
    ENOENT: {
      zh: '请安装 smstools，并核对 spool 和 smsd.conf 里的 outgoing、sent、failed',
      en: 'install smstools, and see that spool fits outgoing, sent and failed in smsd.conf',
    },
    EACCES: {
      zh: '请把网关的用户加入 smsd 组，然后重启网关',
      en: "add the gateway's user to the group smsd and start the gateway anew",
    },
    ENOSPC: { zh: '磁盘已满，请清理', en: 'the disk is full; free some room' },
  };
  const remedy = remedies[code] ?? { zh: '请检查这个文件夹和磁盘', en: 'check that folder and its disk' };
  return {
    zh: `通道 ${id} 用不了文件夹 ${folder}（${code}）：${remedy.zh}`,
    en: `channel ${id} cannot use the folder ${folder} (${code}): ${remedy.en}`,
  };
}

export const nobodyTakesSms = (id: string, seconds: number): Words => ({
  zh: `通道 ${id} 的短信 ${seconds} 秒内没有程序取走，已撤回：smsd 在运行吗（systemctl status smstools），它能读 outgoing 吗？`,
  en: `nobody took the SMS of channel ${id} within ${seconds} s, and it was withdrawn: is smsd running (systemctl status smstools), and may it read outgoing?`,
});

export const smsStillOnItsWay = (id: string, seconds: number): Words => ({
  zh: `通道 ${id} 的短信已被 smsd 取走，${seconds} 秒内没有结果，可能仍会发出：请检查调制解调器、信号和 smsd 日志，并在 smsd.conf 里写上 sent 和 failed`,
  en: `smsd took the SMS of channel ${id} and did not say within ${seconds} s what became of it; it may still go out. Check the modem, its signal and the log of smsd, and that smsd.conf names sent and failed`,
});

/** Errors of modem and network, 3GPP TS 27.005 3.2.5, and those of the network, 3GPP TS 24.011 annex E. */
const smsErrors: Readonly<Record<string, Words>> = {
  1: { zh: '号码不存在', en: 'there is no such number' },
  8: { zh: '运营商禁止这张卡发短信，可能欠费', en: 'the operator bars this card; it may be out of credit' },
  10: { zh: '这张卡被禁止发短信', en: 'this card is barred from sending' },
  21: { zh: '网络拒绝，可能被拦截或欠费', en: 'the network rejects it; it may be blocked, or the card out of credit' },
  27: { zh: '对方号码停机或不可达', en: 'the subscriber is out of service' },
  28: { zh: '号码不明', en: 'the subscriber is not known' },
  30: { zh: '这张卡在网络里不明', en: 'the network does not know this card' },
  38: { zh: '网络故障', en: 'the network is out of order' },
  42: { zh: '网络拥塞', en: 'the network is congested' },
  50: { zh: '没有开通短信业务', en: 'this card has no SMS service' },
  310: { zh: '没有插 SIM 卡', en: 'there is no SIM card' },
  311: { zh: 'SIM 卡要 PIN 码', en: 'the SIM card asks for its PIN' },
  313: { zh: 'SIM 卡故障', en: 'the SIM card fails' },
  330: { zh: '短信中心号码不明', en: 'the number of the SMS centre is not set' },
  331: { zh: '没有网络', en: 'there is no network' },
  332: { zh: '网络超时', en: 'the network does not answer' },
};

/** `code`: of the modem, or a dash where it gave none. */
export function smsFailed(id: string, code: string): Words {
  const said = smsErrors[code];
  const rest: Words = { zh: '请检查 SIM 卡、余额和信号', en: 'check the SIM card, its credit and the signal' };
  return {
    zh: `通道 ${id} 的短信没有发出（${code}${said ? `，${said.zh}` : ''}）：${rest.zh}`,
    en: `the SMS of channel ${id} was not sent (${code}${said ? `, ${said.en}` : ''}): ${rest.en}`,
  };
}
