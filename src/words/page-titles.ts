/**
 * What each page is called: in the bar that leads to it, and in the name of the browser's tab.
 */
import type { Words } from './words.ts';

/** What the whole is called where it is installed on a phone. */
export const appTitle: Words = { zh: '校园安防', en: 'Gatehouse' };

export const pageTitles = {
  console: { zh: '报警台', en: 'Alarms' },
  history: { zh: '报警历史', en: 'History' },
  duty: { zh: '值班', en: 'Duty' },
  patrol: { zh: '今日巡更', en: 'Patrol' },
  week: { zh: '未来七天巡更', en: 'Rounds ahead' },
  imports: { zh: '巡更导入', en: 'Baton files' },
  audit: { zh: '巡更审计', en: 'Patrol audit' },
  kpi: { zh: '报警指标', en: 'Figures' },
  canteen: { zh: '食堂', en: 'Canteen' },
  drill: { zh: '演练', en: 'Drills' },
  tap: { zh: '班级报到', en: 'Class at a drill' },
  wall: { zh: '大屏', en: 'Wall' },
  phone: { zh: '手机', en: 'Phone' },
  point: { zh: '到点打卡', en: 'Check in' },
  setup: { zh: '设备与健康', en: 'Health' },
  limits: { zh: '阈值', en: 'Limits' },
  cameras: { zh: '摄像机画面', en: 'Camera pictures' },
  channels: { zh: '通道与联系人', en: 'Channels and people' },
  walk: { zh: '行走测试', en: 'Walk test' },
  certificates: { zh: '安装证书', en: 'Install the certificate' },
  phones: { zh: '配对手机', en: 'Pair phones' },
  sensors: { zh: '传感器', en: 'Sensors' },
  kitchen: { zh: '明厨亮灶', en: 'Our kitchen' },
  pair: { zh: '手机配对', en: 'Pairing' },
  login: { zh: '登录', en: 'Sign in' },
} as const satisfies Readonly<Record<string, Words>>;
