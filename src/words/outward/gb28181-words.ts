/**
 * What the gateway says of a video platform it reports to (GB/T 28181): why it cannot, and the remedy; and what stands before the description
 * of an alarm there. It must never carry an address, a user or a password.
 */
import type { Words } from '../words.ts';

export const gbUnreachable = (code: string): Words => ({
  zh: `连不上国标平台（${code}），请检查 gb28181 的 server 地址、端口和网络`,
  en: `the GB/T 28181 platform cannot be reached (${code}); check server of gb28181 and the network`,
});
export const gbPortTaken = (port: number, code: string): Words => ({
  zh: `国标上报用的本机 UDP 端口 ${port} 打不开（${code}），请换一个 port，或停掉占用它的程序`,
  en: `the UDP port ${port} for GB/T 28181 cannot be opened (${code}); name another port, or stop the program that has it`,
});
export const gbSilent = (seconds: number): Words => ({
  zh: `国标平台 ${seconds} 秒没有应答，报警先留着，正在重试；请问平台是否在运行、UDP/TCP 是否选对`,
  en: `the GB/T 28181 platform has not answered for ${seconds} s; alarms wait and are tried again. Ask whether it runs, and whether UDP or TCP is right`,
});
export const gbEnded: Words = {
  zh: '与国标平台的连接断开了，正在重连',
  en: 'the connection to the GB/T 28181 platform ended and is made again',
};
export const gbGarbage = (max: number): Words => ({
  zh: `国标平台发来的数据不是完整的 SIP 消息（或消息头超过 ${max} 字节），已断开重连；请把时间告诉平台方`,
  en: `what the GB/T 28181 platform sent is no whole SIP message (or its head is longer than ${max} bytes); connecting anew. Tell the platform's people when`,
});
export const gbRefused = (code: number): Words => ({
  zh: `国标平台拒绝注册（${code}），请核对 gb28181 的 id、user、密码和 server.id，是否与平台上登记的一致`,
  en: `the GB/T 28181 platform refuses the registration (${code}); see that id, user, password and server.id of gb28181 are as the platform has them`,
});
export const gbNotNow = (code: number): Words => ({
  zh: `国标平台暂时不接受注册（${code}），报警先留着，正在重试；一直这样请问平台方`,
  en: `the GB/T 28181 platform does not take the registration just now (${code}); alarms wait and are tried again. If it stays so, ask its people`,
});
export const gbUnknownChallenge: Words = {
  zh: '国标平台要求的认证方式不支持（只支持 MD5、SHA-256 摘要），请平台方改用其中一种',
  en: 'the GB/T 28181 platform asks for a log-in that is not known here (Digest with MD5 or SHA-256 is); ask its people to use one of them',
};
export const gbForgotten = (code: number): Words => ({
  zh: `国标平台不认得本机的注册了（${code}），正在重新注册`,
  en: `the GB/T 28181 platform does not know our registration any more (${code}); registering anew`,
});
export const gbNotTaken = (code: number, waiting: number): Words => ({
  zh: `国标平台没有收下报警（${code}），还有 ${waiting} 条在等，会继续重发；一直这样请问平台方`,
  en: `the GB/T 28181 platform did not take an alarm (${code}); ${waiting} wait and are sent again. If it stays so, ask its people`,
});
export const gbClockOff = (seconds: number): Words => ({
  zh: `国标平台的时间与本机差 ${seconds} 秒，报警时间会对不上；请检查两边的校时（NTP），本机时间不会自动改`,
  en: `the clock of the GB/T 28181 platform differs from ours by ${seconds} s, and so will the times of alarms; check NTP at both ends. Ours is not changed`,
});

/** Before the description of an alarm that is told late and still open. */
export const gbLate = '【补报】';
/** What is told of an alarm: what it is, and where. */
export const gbDescription = (kind: string, place: string): string => `${place} ${kind}`;
