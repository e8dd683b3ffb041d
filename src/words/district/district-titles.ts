/** What the bureau's pages are called: in the bar that leads to them, and in the name of the browser's tab. */
import type { DistrictRole } from '../../district/board/district-rights.ts';
import type { Words } from '../words.ts';

export const districtTitles = {
  wall: { zh: '总览', en: 'Overview' },
  map: { zh: '地图', en: 'Map' },
  alarms: { zh: '报警', en: 'Alarms' },
  orders: { zh: '督办', en: 'Orders' },
  patrol: { zh: '巡更', en: 'Patrol' },
  canteen: { zh: '食堂', en: 'Canteens' },
  values: { zh: '数值', en: 'Values' },
  drills: { zh: '演练', en: 'Drills' },
  ledger: { zh: '隐患台账', en: 'Ledger' },
  assessment: { zh: '月度考核', en: 'Assessment' },
  accountability: { zh: '追责', en: 'Accountability' },
  schools: { zh: '学校', en: 'Schools' },
  people: { zh: '人员', en: 'People' },
  trail: { zh: '操作留痕', en: 'Trail' },
  schoolWall: { zh: '学校大屏', en: 'Wall of a school' },
  schoolConsole: { zh: '学校报警台', en: 'Alarms of a school' },
  schoolPatrol: { zh: '学校巡更', en: 'Patrol of a school' },
  schoolAlarms: { zh: '学校警情记录', en: 'Past alarms of a school' },
  records: { zh: '记录保存', en: 'Records' },
  account: { zh: '修改密码', en: 'Password' },
  login: { zh: '登录', en: 'Sign in' },
} as const satisfies Readonly<Record<string, Words>>;

export const districtRoleWords: Readonly<Record<DistrictRole, Words>> = {
  duty: { zh: '值班员', en: 'Duty officer' },
  chief: { zh: '负责人', en: 'Head' },
  auditor: { zh: '审计员', en: 'Auditor' },
  admin: { zh: '管理员', en: 'Administrator' },
  screen: { zh: '大屏', en: 'Screen' },
};
