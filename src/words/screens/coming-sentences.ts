/** Who came in by the door, who was refused and who left, as sentences. A part of the table of all facts. */
import type { FactNames, FactOf } from '../alarm-sentences.ts';
import type { Words } from '../words.ts';

type ComingKind = 'logged-in' | 'login-refused' | 'logged-out';
type ComingSentences = { readonly [K in ComingKind]: (fact: FactOf<K>, names: FactNames) => Words };

export const comingSentences: ComingSentences = {
  'logged-in': ({ by, address }, names) => {
    const who = names.who(by);
    return { zh: `${who.zh} 登录（${address}）`, en: `${who.en} logged in from ${address}` };
  },
  'login-refused': ({ name, address, count }, names) => {
    const who = name === undefined ? { zh: '未知用户', en: 'somebody unknown' } : names.who(name);
    return {
      zh: `${who.zh} 登录被拒绝 ${count} 次（${address}）`,
      en: `${who.en} was refused ${count} time(s) at the log-in, from ${address}`,
    };
  },
  'logged-out': ({ by, leftAt }, names) => {
    const who = names.who(by);
    if (leftAt === undefined) return { zh: `${who.zh} 退出登录`, en: `${who.en} logged out` };
    const when = names.moment(leftAt);
    return {
      zh: `${who.zh} 已于 ${when} 退出登录（当时无法记录，现补记）`,
      en: `${who.en} logged out at ${when}, which could not be recorded then`,
    };
  },
};
