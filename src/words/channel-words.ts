/**
 * What channels beyond the screens say when a message did not get through: the channel by its name, and what to do about it.
 * It must never carry an address.
 */
import type { Words } from './words.ts';

export const noChannel = (name: string): Words => ({
  zh: `配置里没有通道 ${name}`,
  en: `the configuration has no channel ${name}`,
});

export const channelUnreachable = (id: string, reason: string): Words => ({
  zh: `通道 ${id} 连接不上（${reason}），请检查地址和网络`,
  en: `channel ${id} cannot be reached (${reason}); check its address and the network`,
});

/** The connection was there and broke: what was sent by it may have arrived. */
export const channelBroke = (id: string, reason: string): Words => ({
  zh: `通道 ${id} 的连接中途断开（${reason}），消息可能已收到；请检查网络和接收方`,
  en: `the connection of channel ${id} broke (${reason}); the message may have arrived. Check the network and the receiver`,
});

/** An answer began and did not come whole. */
export const channelHalf = (id: string): Words => ({
  zh: `通道 ${id} 的应答没有完整收到，消息可能已收到；请检查网络和接收方`,
  en: `the answer of channel ${id} did not come whole; the message may have arrived. Check the network and the receiver`,
});

export const channelSilent = (id: string, seconds: number): Words => ({
  zh: `通道 ${id} 在 ${seconds} 秒内没有应答，消息可能已收到；请检查网络和接收方`,
  en: `channel ${id} did not answer within ${seconds} s; the message may have arrived. Check the network and the receiver`,
});

/** What to do about an answer that is no success. */
const remedies = {
  'too-fast': { zh: '：发得太快，请放宽接收方的限速', en: ": too many at once; raise the receiver's limit" },
  redirect: { zh: '：不跟随跳转，请写最终地址', en: ': a redirect is not followed; configure the final address' },
  inside: {
    zh: '（HTTP 成功，但应答内容是错误码），请检查接收方',
    en: ' inside a success of HTTP; check the receiver',
  },
  other: { zh: '，请检查接收方', en: '; check the receiver' },
} as const satisfies Readonly<Record<string, Words>>;

export const channelRefused = (id: string, status: number | string, remedy: keyof typeof remedies): Words => ({
  zh: `通道 ${id} 的接收方答复 ${status}，消息未被接受${remedies[remedy].zh}`,
  en: `channel ${id} answered ${status}; the message was not taken${remedies[remedy].en}`,
});
