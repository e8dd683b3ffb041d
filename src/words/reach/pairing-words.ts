/**
 * What is said around the pairing of a phone: by the server when it refuses, at the desk that shows the code, and on the phone that read it.
 */
import type { Words } from '../words.ts';

export const inviteOver: Words = {
  zh: '这个配对码已用过或已过期，请到值班台重新扫码。',
  en: 'This code was used or is over; have a new one shown at the desk.',
};
export const personUnknown: Words = { zh: '没有这个人员。', en: 'There is no such person.' };
export const nameUnfit = (name: string): Words => ({
  zh: `“${name}”不能用来配对：同名的人不止一个，或与系统名称相同。请在配置里改名。`,
  en: `"${name}" cannot be paired: more than one person is called so, or the records call the gateway so. Change the name in the configuration.`,
});
export const phonesFull = (most: number): Words => ({
  zh: `已配对 ${most} 部手机，到上限了。请先解除不用的。`,
  en: `${most} phones are paired, and there is room for no more. Take away those that are not in use.`,
});
export const phoneGone: Words = { zh: '这部手机已解除。', en: 'This phone is no longer paired.' };
export const phonesWrong = (path: string): Words => ({
  zh: `配对手机的文件 ${path} 读不懂，现在没有手机是配对的。请停机后恢复备份，或重新配对手机（旧文件会改名留下）。`,
  en: `The file of paired phones ${path} cannot be read, and no phone is paired now. Stop the gateway and bring the file back from a backup, or pair the phones anew; the old file is kept under another name.`,
});
export const phoneUnsaved: Words = {
  zh: '手机已解除、已断开，但还没写进磁盘。请检查磁盘空间；本机会一直重试。',
  en: 'The phone is taken away and out, but the disk does not have it so yet. See to room on the disk; it is tried again by itself.',
};

export const pairingWords = {
  lead: {
    zh: '让保安用手机扫一次，就以他本人身份值班，不用密码。二维码 5 分钟内有效，只能用一次。',
    en: 'A guard reads the code once and is on duty as himself, without a password. It lives five minutes and works once.',
  },
  who: { zh: '配给谁', en: 'For whom' },
  choose: { zh: '请选人', en: 'Choose a person' },
  howLong: { zh: '用到', en: 'Until' },
  shift: { zh: '本班结束（没有排班则 12 小时）', en: 'the end of his shift (12 hours where none is planned)' },
  month: { zh: '30 天（本人自己的手机）', en: '30 days (a phone of his own)' },
  pair: { zh: '配对手机', en: 'Pair a phone' },
  scan: { zh: '请用手机相机或企业微信扫码', en: 'Read it with the phone’s camera or WeCom' },
  over: { zh: '二维码已过期，请重新生成', en: 'The code is over; make a new one' },
  here: {
    zh: '本页是用本机地址打开的，手机打不开这个二维码。请用网关的局域网地址打开本页再配对。',
    en: 'This page was opened by an address that means this computer alone; a phone cannot follow the code. Open the page by the gateway’s address in the network.',
  },
  paired: { zh: '已配对的手机', en: 'Paired phones' },
  none: { zh: '还没有配对的手机', en: 'No phone is paired' },
  nobody: {
    zh: '配置里还没有人员（people），无法配对',
    en: 'The configuration names no people, so nobody can be paired',
  },
  by: { zh: '配对人', en: 'Paired by' },
  since: { zh: '配对时间', en: 'Since' },
  seen: { zh: '最近在线', en: 'Last seen' },
  unseen: { zh: '网关启动后未见', en: 'not since the gateway started' },
  revoke: { zh: '解除（手机丢失）', en: 'Take away (lost)' },
  phoneTitle: { zh: '值班手机', en: 'Phone on duty' },
  phoneAsk: {
    zh: '点一下，这部手机就开始值班。只有值班台给您的码才点。',
    en: 'Tap, and this phone is on duty. Only tap for a code that the desk has given you.',
  },
  phoneTap: { zh: '开始值班', en: 'Go on duty' },
  phoneNone: {
    zh: '这个网址里没有配对码。请到值班台扫码。',
    en: 'There is no code in this address. Read one at the desk.',
  },
} as const satisfies Record<string, Words>;

export const minutesLeft = (left: string): Words => ({ zh: `还有 ${left} 有效`, en: `good for ${left} more` });
export const codeFor = (name: string): Words => ({ zh: `${name} 的配对码`, en: `Code for ${name}` });
export const seenAgo = (age: string): Words => ({ zh: `${age}前`, en: `${age} ago` });

/** Why a phone is no longer paired. */
export const pairingFacts = {
  paired: (by: Words, name: string, until: string): Words => ({
    zh: `${by.zh} 为 ${name} 配对手机，到 ${until}`,
    en: `${by.en} paired a phone for ${name}, until ${until}`,
  }),
  revoked: (by: Words, name: string): Words => ({
    zh: `${by.zh} 解除 ${name} 的手机`,
    en: `${by.en} took away the phone of ${name}`,
  }),
};
