/** What the bureau's page of hourly values says, and why it shows none. */
import type { Words } from '../words.ts';

export const valueWords = {
  school: { zh: '学校', en: 'School' },
  gauge: { zh: '测点', en: 'Gauge' },
  choose: { zh: '请选择', en: 'Choose' },
  days: { zh: '时间', en: 'Time' },
  week: { zh: '7 天', en: '7 days' },
  month: { zh: '30 天', en: '30 days' },
  year: { zh: '一年', en: 'a year' },
  intro: {
    zh: '学校每小时传来的均值和最低、最高值。每分钟的数值留在学校。',
    en: 'The mean, least and greatest of each hour, as schools send them. What is finer stays at the school.',
  },
  noStore: {
    zh: '没有配置时序数据库，每小时数值没有保存。请管理员在配置文件里填写 influx（地址和库名）；学校会补传已有的。',
    en: 'No time-series database is configured, so no hourly values are kept. The administrator names one (influx: url, database); schools bring what they have then.',
  },
  noGauges: {
    zh: '这所学校最近一年没有传来数值：没有测点，或学校选择不上传（keeps: [values]），或网关版本较旧。',
    en: 'This school sent no values in the last year: it has no gauges, keeps them to itself (keeps: [values]), or its gateway is too old.',
  },
  noValues: { zh: '这段时间没有数值。', en: 'There are no values in this time.' },
  lowest: { zh: '最低', en: 'Least' },
  highest: { zh: '最高', en: 'Greatest' },
  mean: { zh: '均值', en: 'Mean' },
} as const satisfies Readonly<Record<string, Words>>;

export const valuesAway: Words = {
  zh: '时序数据库没有应答，数值暂时看不到；学校会稍后补传。其他功能不受影响。',
  en: 'The time-series database does not answer, so no values can be shown; schools bring them later. Nothing else is affected.',
};
