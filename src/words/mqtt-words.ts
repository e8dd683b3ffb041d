/**
 * What the MQTT drivers say to people: each sentence names the device, broker or file, and the remedy. It must never tell a
 * password.
 */
import type { Words } from './words.ts';

// The embedded broker: its ports.

export const brokerListens = (host: string): Words => ({
  zh: `在 ${host} 等候设备`,
  en: `listens for devices on ${host}`,
});

export const allConnectionsTaken = (max: number): Words => ({
  zh: `MQTT 连接数已达上限 ${max}，新的设备连不上；请检查是否有设备反复连接，或调大 maxClients`,
  en: `all ${max} MQTT connections are taken and new devices are turned away; look for a device that keeps connecting, or raise maxClients`,
});

export const pairUnusable = (detail: string): Words => ({
  zh: `MQTT 证书与私钥不能一起使用（${detail}），请检查两者是否为同一对 PEM 文件`,
  en: `the MQTT certificate and key do not work together (${detail}); check that both are PEM files of one pair`,
});

export const pemUnreadable = (what: 'key' | 'certificate', path: string, detail: string): Words => ({
  zh: `读不出 MQTT ${what === 'key' ? '私钥' : '证书'} ${path}（${detail}），请检查路径和权限`,
  en: `the MQTT ${what} ${path} cannot be read (${detail}); check the path and its rights`,
});

/** Why a port of the broker cannot be opened, by the code of the system. */
export function portUnusable(port: number, host: string, code: string | undefined, detail: string): Words {
  const [zh, en] = [`MQTT 端口 ${port}（${host}）`, `MQTT port ${port} on ${host}`];
  switch (code) {
    case 'EADDRINUSE':
      return {
        zh: `${zh}已被其他程序占用，请停掉它或改用别的端口`,
        en: `${en} is taken by another program; stop it or set another port`,
      };
    case 'EACCES':
      return {
        zh: `${zh}不允许本用户打开，请用 1023 以上的端口`,
        en: `${en} may not be opened by this user; set a port above 1023`,
      };
    case 'EADDRNOTAVAIL':
      return {
        zh: `${zh}：本机没有这个地址，请改正 host 或用 0.0.0.0`,
        en: `${en}: this machine has no such address; set host to one it has, or 0.0.0.0`,
      };
    default:
      return { zh: `${zh}打不开：${detail}`, en: `${en} cannot be opened: ${detail}` };
  }
}

// The embedded broker: what a device does there.

export const passwordMissing = (id: string): Words => ({
  zh: `设备 ${id} 没有配置 MQTT 密码，不能登录；请在配置中给它一个 password`,
  en: `${id} has no MQTT password configured and may not log in; give it a password in the configuration`,
});

export const wrongTopic = (id: string, topic: string, prefix: string, foreign: boolean): Words => ({
  zh: `${id} 向 ${topic} 发布，未被采用：${foreign ? '这不是它的主题' : '型号文件中没有这个主题'}；它的主题以 ${prefix}/ 开头`,
  en: `${id} publishes to ${topic}, which is not taken: ${topic.startsWith(`${prefix}/`) ? 'its profile has no such topic' : `may only publish under ${prefix}/`}`,
});

export const goesOffline = (id: string): Words => ({ zh: `${id} 说它要离线`, en: `${id} says that it goes offline` });

export const cameIn = (id: string, address: string): Words => ({
  zh: `${id} 从 ${address} 连入`,
  en: `${id} connected from ${address}`,
});

export const heartbeatMissed = (id: string): Words => ({
  zh: `${id} 超过心跳时间没有消息`,
  en: `${id} was not heard within its keep-alive time`,
});

export const connectionBroke = (who: string, why: Words): Words => ({
  zh: `${who} 的连接中断：${why.zh}`,
  en: `the connection of ${who} broke: ${why.en}`,
});

export const packetTooLarge = (who: string, bytes: number): Words => ({
  zh: `${who} 要发送 ${bytes} 字节的报文，已断开；请检查设备，或调大 maxPacketBytes`,
  en: `${who} announced a packet of ${bytes} bytes and was cut off; check the device, or raise maxPacketBytes`,
});

export const closedConnection = (id: string): Words => ({
  zh: `${id} 断开了连接`,
  en: `${id} closed its connection`,
});

export const pushEachOtherOut = (id: string, before: string, after: string): Words => ({
  zh: `有两台机器用同一个账号 ${id} 和同一个客户端标识登录（${before} 与 ${after}），互相踢下线；请给其中一台换上它自己的账号`,
  en: `two machines log in as ${id} with the same client id (${before} and ${after}) and push each other out; give one its own account`,
});

// The embedded broker: how a device must connect.

export const versionUnknown = (who: string): Words => ({
  zh: `${who} 用 MQTT 5 连接，内置服务器只支持 3.1.1；请在设备上改为 3.1.1，或改用外部 MQTT 服务器`,
  en: `${who} connects with MQTT 5 and the embedded broker speaks 3.1.1; set the device to 3.1.1 or use an outside broker`,
});

export const wrongKeepalive = (who: string, seconds: number, max: number): Words => ({
  zh: `${who} 的心跳间隔为 ${seconds} 秒，已被拒绝；请设为 1 至 ${max} 秒`,
  en: `${who} asks for a keep-alive of ${seconds} s and was refused; set 1 to ${max} s`,
});

export const clientIdMissing = (id: string): Words => ({
  zh: `${id} 要求保留会话却没有客户端标识；已按新会话处理，请在设备上设置客户端标识`,
  en: `${id} asks for a lasting session without a client id; it gets a new session each time. Set a client id in the device`,
});

export const unknownAccount = (address: string): Words => ({
  zh: `${address} 用未配置的账号登录 MQTT；请在配置中加入该设备，或改正设备上的用户名（用户名就是设备编号）`,
  en: `${address} logs in to MQTT with a name that is no device; add the device, or set its user name to its device id`,
});

export const wrongPassword = (id: string, address: string): Words => ({
  zh: `${id} 的 MQTT 密码不对（来自 ${address}）；请核对设备与配置中的密码`,
  en: `${id} gave a wrong MQTT password (from ${address}); make the device and the configuration agree`,
});

export const tooManyConnections = (id: string): Words => ({
  zh: `账号 ${id} 的连接过多，新的连接被拒绝；请检查是否有多台设备共用该账号`,
  en: `${id} has too many connections open and a new one was refused; look for several devices sharing the account`,
});

export const filterRefused = (id: string, filter: string, prefix: string): Words => ({
  zh: `${id} 想订阅 ${filter}，已被拒绝；它只能订阅 ${prefix}/set/#`,
  en: `${id} asked to subscribe to ${filter} and was refused; it may only subscribe to ${prefix}/set/#`,
});

// The embedded broker: why a write was not done.

export const lostBeforeConfirmed = (id: string): Words => ({
  zh: `${id} 在确认之前断开了连接`,
  en: `${id} lost its connection before it confirmed`,
});

export const writesWaiting = (id: string, count: number): Words => ({
  zh: `${id} 已有 ${count} 个写入在等待，请等它应答`,
  en: `${id} has ${count} writes waiting already; wait until it answers`,
});

export const notConnected = (id: string): Words => ({
  zh: `${id} 未连接，没有写入`,
  en: `${id} is not connected; nothing was written`,
});

export const notSubscribed = (id: string, topic: string): Words => ({
  zh: `${id} 已连接但没有订阅 ${topic}，没有写入`,
  en: `${id} is connected but has not subscribed to ${topic}; nothing was written`,
});

export const cannotConfirm = (id: string, topic: string): Words => ({
  zh: `${id} 以 QoS 0 订阅 ${topic}，无法确认；请在设备上设为 QoS 1`,
  en: `${id} subscribes to ${topic} with QoS 0 and cannot confirm; set QoS 1 in the device`,
});

export const notConfirmed = (id: string, seconds: number): Words => ({
  zh: `${id} 未在 ${seconds} 秒内确认写入，连接已关闭`,
  en: `${id} did not confirm a write within ${seconds} s and its connection was closed`,
});

// Payloads and topics, whichever broker.

export const notMqtt = (device: string, profile: string): Words => ({
  zh: `${device} 的型号 ${profile} 不是 MQTT 设备，请换型号`,
  en: `${device} has profile ${profile}, which does not speak MQTT; give it an MQTT profile`,
});

export const sharedTopic = (device: string, other: string, topic: string): Words => ({
  zh: `${device} 与 ${other} 使用同一个 MQTT 主题 ${topic}，请给其中一个单独的 topic`,
  en: `${device} and ${other} both use the MQTT topic ${topic}; give one its own topic`,
});

export const ofDevice = (device: string, why: Words): Words => ({
  zh: `${device}：${why.zh}`,
  en: `${device}: ${why.en}`,
});

export const fieldSkipped = (wrong: string): Words => ({
  zh: `报文中有读不懂的字段，已跳过：${wrong}`,
  en: `a field was not understood and skipped: ${wrong}`,
});

export const noEventId: Words = {
  zh: '报文没有可用的事件编号，重复的报文无法识别',
  en: 'has no usable event id, so a repeat cannot be told from a new event',
};

export const clockWrong = (time: string): Words => ({
  zh: `设备时间 ${time} 不可信，已改用接收时间；请校准设备时钟`,
  en: `its time ${time} cannot be right and the time of arrival is used instead; set the device's clock`,
});

/** What the fields of a payload mean that are no points, for the written description of the topics. */
export const fieldTitles = {
  online: { zh: '是否在线；同时作为遗嘱', en: 'whether it is there; also its last will' },
  writeId: { zh: '写入编号', en: 'id of the write' },
  eventId: { zh: '事件编号，每个事件唯一', en: 'event id, one per event' },
  time: { zh: '事件发生的设备时间', en: 'when it happened, by the device' },
  clock: { zh: '设备时钟现在的时间，可以不写', en: 'what its clock shows now; may be left out' },
} as const satisfies Record<string, Words>;
/** A reader's clock that is off: its touches stand in the records with the time it shows. `off`: how much, in words. */
export const readerClockOff = (device: string, ahead: boolean, off: Words): Words => ({
  zh: `${device} 的时钟${ahead ? '快' : '慢'}了${off.zh}：打点按它的时间记，巡更会判早判迟。请给它校时`,
  en: `the clock of ${device} is ${off.en} ${ahead ? 'fast' : 'slow'}: touches are recorded with its time, and rounds look early or late; set its clock`,
});
