/** What the demonstration of a district says on the terminal. */
import type { Words } from '../words.ts';

export const demoDistrict = {
  officers: {
    duty: { zh: '教育局值班', en: 'Bureau duty' },
    chief: { zh: '教育局负责人', en: 'Head of the bureau' },
    admin: { zh: '平台管理员', en: 'Administrator' },
    screen: { zh: '教育局大屏', en: 'Bureau screen' },
  },
  begun: (url: string, schools: number, password: string): Words => ({
    zh: `区级平台已启动：${url}/district（账号 duty、chief、admin、screen，密码 ${password}）；正在启动 ${schools} 所学校……`,
    en: `The district is open: ${url}/district (duty, chief, admin or screen, password ${password}); ${schools} schools are being started …`,
  }),
  first: (url: string): Words => ({
    zh: `第一所学校的页面：${url}（账号 duty，同一密码）`,
    en: `The pages of the first school: ${url} (duty, the same password)`,
  }),
  open: (open: number, of: number): Words => ({
    zh: `已启动 ${open} / ${of} 所学校`,
    en: `${open} of ${of} schools are open`,
  }),
  failed: (school: string, why: string): Words => ({
    zh: `学校 ${school} 没有启动：${why}`,
    en: `The school ${school} did not start: ${why}`,
  }),
  wantsSchools: (most: number): Words => ({
    zh: `--schools 应为 1 到 ${most} 的整数`,
    en: `--schools wants a whole number from 1 to ${most}`,
  }),
  ending: { zh: '正在关闭各校……', en: 'Closing the schools …' },
} as const;
