/**
 * What the MQTT client says of an outside broker: that it works, why it will not have us, what became of a write. It must
 * never tell a password.
 */
import type { Words } from './words.ts';

export const brokerReached = (url: string): Words => ({ zh: `已连上 ${url}`, en: `connected to ${url}` });

export const connectionEnded = (url: string): Words => ({
  zh: `与 MQTT 服务器 ${url} 的连接断开了`,
  en: `the connection to the MQTT broker ${url} ended`,
});

export const sameClientId = (url: string, clientId: string): Words => ({
  zh: `另有程序用客户端标识 ${clientId} 登录 ${url}，请给每个网关各自的标识`,
  en: `another program connects to ${url} with the client id ${clientId}; give each gateway its own`,
});

export const endsAgainAndAgain = (url: string, clientId: string): Words => ({
  zh: `MQTT 服务器 ${url} 一再断开连接；可能另有程序使用客户端标识 ${clientId}，请给每个网关各自的标识`,
  en: `the MQTT broker ${url} ends our connections again and again; another program may use the client id ${clientId}: give each gateway its own`,
});

export const notKept = (why: Words): Words => ({
  zh: `一条消息未能保存，将重新索取：${why.zh}`,
  en: `a message was not kept and is asked for again: ${why.en}`,
});

export const lineStops: Words = { zh: '线路停止', en: 'the line stops' };

export const otherVersion = (url: string): Words => ({
  zh: `MQTT 服务器 ${url} 的协议版本不符`,
  en: `the MQTT broker ${url} speaks another MQTT version`,
});

/** `user` undefined: we logged in without one. */
export const logInRefused = (url: string, user: string | undefined): Words => ({
  zh: `MQTT 服务器 ${url} 拒绝了 ${user ?? '匿名登录'}，请核对用户名和密码`,
  en: `the MQTT broker ${url} refused ${user ?? 'a log-in without user'}; check user and password`,
});

export const nothingAnswers = (url: string): Words => ({
  zh: `${url} 没有应答，请检查 MQTT 服务器是否在运行`,
  en: `nothing answers at ${url}; see whether the MQTT broker runs`,
});

export const unknownName = (url: string): Words => ({
  zh: `找不到 ${url} 中的主机名，请核对`,
  en: `the name in ${url} is not known; check it`,
});

export const connectionFailed = (url: string, detail: string): Words => ({
  zh: `与 MQTT 服务器 ${url} 的连接失败：${detail}`,
  en: `the connection to the MQTT broker ${url} failed: ${detail}`,
});

export const noSharing = (url: string): Words => ({
  zh: `MQTT 服务器 ${url} 不支持共享订阅`,
  en: `the MQTT broker ${url} has no shared subscriptions`,
});

export const withoutSharing = (url: string): Words => ({
  zh: `MQTT 服务器 ${url} 不支持共享订阅，已改为按设备分配连接；请换用支持的服务器，或去掉 shared`,
  en: `the MQTT broker ${url} has no shared subscriptions, so each device is given to one connection; use a broker that has them, or leave shared out`,
});

export const notReadable = (url: string, who: string, topic: string): Words => ({
  zh: `MQTT 服务器 ${url} 不允许 ${who} 订阅 ${topic}，请给它权限`,
  en: `the MQTT broker ${url} does not let ${who} read ${topic}; give it that right`,
});

export const caUnreadable = (path: string, detail: string): Words => ({
  zh: `读不出 MQTT 服务器的证书 ${path}（${detail}），请检查路径和权限`,
  en: `the certificate ${path} for the MQTT broker cannot be read (${detail}); check the path and its rights`,
});

export const outOfReach = (url: string, seconds: number): Words => ({
  zh: `MQTT 服务器 ${url} 已 ${seconds} 秒连不上，请检查它是否在运行`,
  en: `the MQTT broker ${url} has been out of reach for ${seconds} s; see whether it runs`,
});

export const brokerAway = (url: string, device: string): Words => ({
  zh: `未连接 MQTT 服务器 ${url}，没有向 ${device} 写入`,
  en: `the MQTT broker ${url} is not connected; nothing was written to ${device}`,
});

export const brokerSilent = (device: string, seconds: number): Words => ({
  zh: `MQTT 服务器未在 ${seconds} 秒内确认对 ${device} 的写入`,
  en: `the MQTT broker did not confirm the write to ${device} within ${seconds} s`,
});

export const nobodyListens = (device: string, topic: string): Words => ({
  zh: `MQTT 服务器收下了写入，但 ${device} 没有订阅 ${topic}`,
  en: `the MQTT broker took the write, but ${device} does not listen on ${topic}`,
});

export const saidOffline = (device: string): Words => ({
  zh: `${device} 的状态主题说它已离线`,
  en: `${device} is offline, as its status topic says`,
});

export const saidOnline = (device: string): Words => ({
  zh: `${device} 的状态主题说它在线`,
  en: `${device} is online, as its status topic says`,
});
