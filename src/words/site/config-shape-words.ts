/**
 * What was found in a configuration file and what was expected there: the sentences every part of the check is put in. It must never hold
 * what one part of the file means.
 */
import { untranslated, type Words } from '../words.ts';
import { expectedZh } from './expected-words.ts';

/** `found`: as it stands in the file. */
export const foundExpected = (found: Words, expected: Words): Words => ({
  zh: `此处为 ${found.zh}，应为${expected.zh}`,
  en: `found ${found.en}, expected ${expected.en}`,
});

/** Something follows a sentence: a hint, a reason. */
export const followed = (said: Words, more: Words): Words => ({ zh: said.zh + more.zh, en: said.en + more.en });

/** `: why`. */
export const because = (said: Words, why: Words): Words => ({
  zh: `${said.zh}：${why.zh}`,
  en: `${said.en}: ${why.en}`,
});

export const missing = (key: string, expected: Words): Words => ({
  zh: `缺少 ${key}；应为${expected.zh}`,
  en: `${key} is missing; expected ${expected.en}`,
});

export const unknownKey = (key: string, more: Words): Words => ({
  zh: `没有“${key}”这个键${more.zh}`,
  en: `found the unknown key "${key}"${more.en}`,
});

export const suggestions = {
  none: { zh: '；尚未声明任何一个', en: '; none is declared' },
  meant: (name: string): Words => ({ zh: `；是不是想写“${name}”？`, en: `; did you mean "${name}"?` }),
  known: (names: readonly string[]): Words => ({
    zh: `；现有：${names.join('、')}`,
    en: `; known: ${names.join(', ')}`,
  }),
} as const;

export const foundThings = {
  nothing: { zh: '空', en: 'nothing' },
  list: { zh: '列表', en: 'a list' },
  group: { zh: '一组键', en: 'a group of keys' },
  aVariable: { zh: '某个变量的值', en: 'the value of a variable' },
  valueOf: (variables: readonly string[]): Words => ({
    zh: `${variables.join('、')} 的值`,
    en: `the value of ${variables.join(' and ')}`,
  }),
} as const;

/** What a kind of value is called; as zod names it. */
export const typeWords: Readonly<Record<string, Words>> = {
  string: { zh: '文字（看起来像数字的要加引号）', en: 'a text (in quotes when it looks like a number)' },
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: ' true 或 false', en: 'true or false' },
  array: { zh: '列表', en: 'a list' },
  tuple: { zh: '列表', en: 'a list' },
  object: { zh: '一组键', en: 'a group of keys' },
  record: { zh: '一组键', en: 'a group of keys' },
};

export const oneOf = (values: readonly string[]): Words => ({
  zh: `以下之一：${values.join('、')}`,
  en: `one of ${values.join(', ')}`,
});

export const anotherValue: Words = { zh: '别的值', en: 'another value' };

/** A bound of a value, of the length of a text, or of a list. */
export function bound(
  side: 'least' | 'most',
  limit: number | bigint,
  inclusive: boolean,
  of: 'characters' | 'entries' | undefined,
): Words {
  const zh = inclusive ? { least: '至少', most: '至多' } : { least: '大于', most: '小于' };
  const en = inclusive ? { least: 'at least', most: 'at most' } : { least: 'more than', most: 'less than' };
  const units =
    of === undefined
      ? untranslated('')
      : { characters: { zh: ' 个字符', en: ' characters' }, entries: { zh: ' 项', en: ' entries' } }[of];
  return { zh: `${zh[side]} ${limit}${units.zh}`, en: `${en[side]} ${limit}${units.en}` };
}

/** What a schema expects, by what it says itself in English. */
export function expectedBySchema(said: string): Words {
  const zh = Object.hasOwn(expectedZh, said) ? expectedZh[said] : undefined;
  if (zh !== undefined) return { zh, en: said };
  for (const [pattern, put] of patterns) {
    const hit = pattern.exec(said);
    if (hit) return { zh: put(...hit.slice(1)), en: said };
  }
  return untranslated(said);
}

/** Sentences with a number or a name in them. */
const patterns: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [
    /^(\d+) to (\d+) digits or letters A to F, in quotes$/,
    (from, to) => ` ${from} 到 ${to} 位数字或字母 A 到 F，要加引号`,
  ],
  [/^the code of an approved template, such as (\S+)$/, (code) => `已审核模板的编号，例如 ${code}`],
  [/^the beginning of an address, such as (\S+)$/, (address) => `地址的开头，例如 ${address}`],
  [
    /^the embedded broker as the camera reaches it, such as (\S+)$/,
    (address) => `摄像机连得到的内置 MQTT 服务器地址，例如 ${address}`,
  ],
  [
    /^the beginning of an address without a name and password in it, such as (\S+)$/,
    (address) => `不带用户名和密码的地址开头，例如 ${address}`,
  ],
  [/^of \{\{…\}\} only (.*)$/, (names) => `只用这些 {{…}}：${names.replaceAll(', ', '、')}`],
  [
    /^the address of the robot as (.+) shows it, (\S+)…, or what follows there alone$/,
    (label, address) => `${label} 给出的机器人地址 ${address}…，或其后的部分`,
  ],
];
