/** Who a device says it is, in words: its fields, the sentences of the facts, and that another stands in its place. */
import type { DeviceIdentity, Fact } from '../../core/types.ts';
import type { FactNames, FactOf } from '../alarm-sentences.ts';
import type { Words } from '../words.ts';

/** What the fields are called. */
export const identityFields: Readonly<Record<keyof DeviceIdentity, Words>> = {
  maker: { zh: '厂商', en: 'Maker' },
  model: { zh: '型号', en: 'Model' },
  serial: { zh: '序列号', en: 'Serial number' },
  firmware: { zh: '固件版本', en: 'Firmware' },
  hardware: { zh: '硬件版本', en: 'Hardware' },
};

/** When what is shown became known. */
export const identitySince = (stamp: string): Words => ({ zh: `${stamp} 起`, en: `since ${stamp}` });
/** Before the fields of the device that stood here until it was swapped. */
export const identityWas: Words = { zh: '更换之前：', en: 'before it was swapped:' };

const order = Object.keys(identityFields) as readonly (keyof DeviceIdentity)[];

/** `海康威视 DS-2CD…，序列号 …` as one line; all that is told. */
function inWords(identity: DeviceIdentity): Words {
  const told = order.flatMap((field) => {
    const value = identity[field];
    return value === undefined ? [] : [{ ...identityFields[field], value }];
  });
  return {
    zh: told.map(({ zh, value }) => `${zh} ${value}`).join('，'),
    en: told.map(({ en, value }) => `${en.toLowerCase()} ${value}`).join(', '),
  };
}

/** Why an alarm says that the device was swapped: both serial numbers, or both models where there are none. */
export function swappedDevice(was: DeviceIdentity, now: DeviceIdentity): Words {
  const [before, after] = [inWords(brief(was)), inWords(brief(now))];
  return {
    zh: `这里换了一台设备：原来是 ${before.zh}，现在是 ${after.zh}。请核实是谁更换的，确认画面对着原来的位置，再关闭本报警`,
    en: `another device stands here: before it was ${before.en}, now it is ${after.en}. Find out who changed it, see that it looks where the old one did, then close this alarm`,
  };
}

const brief = ({ model, serial }: DeviceIdentity): DeviceIdentity => ({
  ...(model !== undefined && { model }),
  ...(serial !== undefined && { serial }),
});

type DeviceSentences = {
  readonly [K in Extract<Fact['kind'], 'device-identified' | 'device-clock-set'>]: (
    fact: FactOf<K>,
    names: FactNames,
  ) => Words;
};

/** How far a clock was off, ms → `快 3.2 秒`. */
function off(ms: number): Words {
  const seconds = Math.abs(ms / 1000).toFixed(1);
  return ms > 0
    ? { zh: `快 ${seconds} 秒`, en: `${seconds} s fast` }
    : { zh: `慢 ${seconds} 秒`, en: `${seconds} s slow` };
}

export const deviceSentences: DeviceSentences = {
  'device-identified': ({ device, identity, was, swapped }, names) => {
    const [place, now] = [names.device(device), inWords(identity)];
    if (!was) return { zh: `${place.zh} 设备信息：${now.zh}`, en: `${place.en} is: ${now.en}` };
    const before = inWords(was);
    return swapped
      ? {
          zh: `${place.zh} 换了一台设备：原 ${before.zh}；现 ${now.zh}`,
          en: `${place.en} was swapped: ${before.en} → ${now.en}`,
        }
      : {
          zh: `${place.zh} 设备信息有变：原 ${before.zh}；现 ${now.zh}`,
          en: `${place.en} changed: ${before.en} → ${now.en}`,
        };
  },
  'device-clock-set': ({ device, from, to }, names) => {
    const [place, was] = [names.device(device), off(from - to)];
    return {
      zh: `${place.zh} 时钟${was.zh}，网关已为其校正`,
      en: `${place.en}: its clock was ${was.en}, and the gateway set it`,
    };
  },
};
