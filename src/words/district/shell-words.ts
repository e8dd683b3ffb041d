/** What every page of the bureau says around what it shows, and while the district does not answer. */
import type { Words } from '../words.ts';

/** Where pages of a school would speak of their gateway. */
export const districtAnswers = {
  appName: { zh: '区校园安防', en: 'School district' },
  noNetwork: { zh: '区平台没有应答，请检查网络', en: 'the district did not answer; check the network' },
  tooSlow: { zh: '区平台 10 秒内没有应答', en: 'the district did not answer within 10 s' },
  httpFailed: { zh: '区平台拒绝了请求（{status}）', en: 'the district refused the request ({status})' },
} as const satisfies Readonly<Record<string, Words>>;

/** For whose schools an officer is logged in. */
export const onlyStreets = (streets: readonly string[]): Words => ({
  zh: `仅限${streets.join('、')}`,
  en: `only ${streets.join(', ')}`,
});
