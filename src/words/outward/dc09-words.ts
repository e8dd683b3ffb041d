/**
 * What the gateway says of an alarm receiving centre it reports to (SIA DC-09): why it cannot, and the remedy. It must never carry an
 * address, an account or a key. `which`: the first or the second receiver.
 */
import type { Words } from '../words.ts';

export const dc09Unreachable = (which: number, code: string): Words => ({
  zh: `连不上接警中心的第 ${which} 台接收机（${code}），请检查 dc09 的 receivers 地址、端口和网络；报警先留着，会再发`,
  en: `receiver ${which} of the alarm receiving centre cannot be reached (${code}); check receivers of dc09 and the network. Alarms wait and are sent again`,
});
export const dc09Silent = (which: number, seconds: number): Words => ({
  zh: `接警中心的第 ${which} 台接收机 ${seconds} 秒没有应答；密钥不对、校验不过时它也不应答，请与中心核对 account 和密钥`,
  en: `receiver ${which} of the alarm receiving centre has not answered for ${seconds} s; it is silent as well where the key is wrong. Compare account and key with the centre`,
});
export const dc09Unreadable = (which: number): Words => ({
  zh: `接警中心的第 ${which} 台接收机的应答读不懂（校验、密钥或格式不对），不算收到；请与中心核对密钥`,
  en: `the answer of receiver ${which} of the alarm receiving centre cannot be read (checksum, key or form) and does not count; compare the key with the centre`,
});
export const dc09ClockOff = (which: number, seconds: number): Words => ({
  zh: `接警中心的第 ${which} 台接收机不收：两边时间差 ${seconds} 秒，超出它的时间窗；请检查本机和中心的校时（NTP）`,
  en: `receiver ${which} of the alarm receiving centre refuses: the clocks differ by ${seconds} s, outside its window; check NTP here and there`,
});
export const dc09Refused = (which: number): Words => ({
  zh: `接警中心的第 ${which} 台接收机不收（NAK）：账号不认得，或时间超出它的时间窗；请与中心核对 dc09 的 account，并检查校时`,
  en: `receiver ${which} of the alarm receiving centre refuses (NAK): it does not know the account, or the time is outside its window; compare account of dc09 with the centre, and check NTP`,
});
export const dc09NotUnderstood = (which: number): Words => ({
  zh: `接警中心的第 ${which} 台接收机收到了但不能处理（DUH），这一条不再重发；请中心登记该事件码，或把 dc09 的 language 换成另一种`,
  en: `receiver ${which} of the alarm receiving centre read an event and cannot use it (DUH); it is not sent again. Ask the centre to know the code, or take the other language of dc09`,
});
