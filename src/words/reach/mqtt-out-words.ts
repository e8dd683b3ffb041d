/**
 * What the gateway says of a broker it tells its facts: why it cannot, and the remedy; and what its entities are called where others show
 * them. It must never carry an address, a user or a password.
 */
import type { Words } from '../words.ts';

export const outBrokerUnreachable = (code: string): Words => ({
  zh: `连不上学校的 MQTT 服务器（${code}），请检查 mqttOut 的地址和网络`,
  en: `the school's MQTT broker cannot be reached (${code}); check url of mqttOut and the network`,
});

export const outBrokerRefuses = (code: string): Words => ({
  zh: `学校的 MQTT 服务器拒绝登录（${code}），请核对 mqttOut 的 user 和密码`,
  en: `the school's MQTT broker refuses the log-in (${code}); check user and password of mqttOut`,
});

export const outBrokerEnded: Words = {
  zh: '与学校的 MQTT 服务器的连接断开了，正在重连；若一再断开，可能另有程序使用同一个 clientId，或没有发布权限',
  en: "the connection to the school's MQTT broker ended and is made again; if it ends again and again, another program may use the same clientId, or publishing is not allowed",
};

export const outBrokerSilent = (seconds: number): Words => ({
  zh: `学校的 MQTT 服务器 ${seconds} 秒内没有确认收到，请检查它是否正常`,
  en: `the school's MQTT broker did not confirm within ${seconds} s; see whether it is well`,
});

export const outCaUnreadable = (path: string, code: string): Words => ({
  zh: `读不出 mqttOut 的 ca 文件 ${path}（${code}），请检查路径和读取权限`,
  en: `the file ${path} of ca of mqttOut cannot be read (${code}); check its path and who may read it`,
});

/** What entities are called that are of no one place. */
export const discoveryNames = {
  alarms: { zh: '未关闭报警', en: 'Open alarms' },
  alarm: { zh: '报警', en: 'Alarm' },
  arming: { zh: '布撤防', en: 'Arming' },
  round: { zh: '巡更', en: 'Round' },
} as const satisfies Readonly<Record<string, Words>>;
