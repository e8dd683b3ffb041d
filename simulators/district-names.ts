/** Forty made-up schools of a made-up district, with their streets and places on its outline. Data only. */
import type { Words } from '../src/core/types.ts';

export interface DemoPlace {
  readonly id: string;
  readonly name: Words;
  readonly short: Words;
  readonly street: string;
  readonly kind: 'school' | 'kindergarten';
  readonly x: number;
  readonly y: number;
}

const streets = ['江川路', '古美路', '新虹', '浦锦'] as const;
/** Chinese name, its short form, English name, English short form. */
const names: readonly (readonly [zh: string, short: string, en: string, brief: string])[] = [
  ['实验小学（东校区）', '实验东', 'Experimental Primary East', 'Exp. East'],
  ['实验小学（西校区）', '实验西', 'Experimental Primary West', 'Exp. West'],
  ['第一中学', '一中', 'No. 1 Middle School', 'No.1 Mid.'],
  ['第二中学', '二中', 'No. 2 Middle School', 'No.2 Mid.'],
  ['第三中学', '三中', 'No. 3 Middle School', 'No.3 Mid.'],
  ['第四中学', '四中', 'No. 4 Middle School', 'No.4 Mid.'],
  ['第一小学', '一小', 'No. 1 Primary School', 'No.1 Prim.'],
  ['第二小学', '二小', 'No. 2 Primary School', 'No.2 Prim.'],
  ['第三小学', '三小', 'No. 3 Primary School', 'No.3 Prim.'],
  ['第四小学', '四小', 'No. 4 Primary School', 'No.4 Prim.'],
  ['第五小学', '五小', 'No. 5 Primary School', 'No.5 Prim.'],
  ['育才中学', '育才', 'Yucai Middle School', 'Yucai'],
  ['育英小学', '育英', 'Yuying Primary School', 'Yuying'],
  ['明德小学', '明德', 'Mingde Primary School', 'Mingde'],
  ['启明学校', '启明', 'Qiming School', 'Qiming'],
  ['春申小学', '春申小', 'Chunshen Primary School', 'Chunshen P.'],
  ['春申中学', '春申中', 'Chunshen Middle School', 'Chunshen M.'],
  ['梅陇小学', '梅陇小', 'Meilong Primary School', 'Meilong P.'],
  ['梅陇中学', '梅陇中', 'Meilong Middle School', 'Meilong M.'],
  ['莘松小学', '莘松小', 'Xinsong Primary School', 'Xinsong P.'],
  ['莘松中学', '莘松中', 'Xinsong Middle School', 'Xinsong M.'],
  ['古美学校', '古美', 'Gumei School', 'Gumei'],
  ['平阳小学', '平阳', 'Pingyang Primary School', 'Pingyang'],
  ['田园小学', '田园一', 'Tianyuan Primary School', 'Tianyuan'],
  ['田园第二小学', '田园二', 'Tianyuan No. 2 Primary', 'Tianyuan 2'],
  ['华漕学校', '华漕', 'Huacao School', 'Huacao'],
  ['纪王学校', '纪王', 'Jiwang School', 'Jiwang'],
  ['诸翟学校', '诸翟', 'Zhudi School', 'Zhudi'],
  ['浦江一小', '浦江一', 'Pujiang No. 1 Primary', 'Pujiang 1'],
  ['浦江二小', '浦江二', 'Pujiang No. 2 Primary', 'Pujiang 2'],
  ['浦江中学', '浦江中', 'Pujiang Middle School', 'Pujiang M.'],
  ['鹤北小学', '鹤北', 'Hebei Primary School', 'Hebei'],
  ['北桥中学', '北桥', 'Beiqiao Middle School', 'Beiqiao'],
  ['马桥小学', '马桥', 'Maqiao Primary School', 'Maqiao'],
  ['颛桥中学', '颛桥', 'Zhuanqiao Middle School', 'Zhuanqiao'],
  ['碧江幼儿园', '碧江幼', 'Bijiang Kindergarten', 'Bijiang K.'],
  ['红旗幼儿园', '红旗幼', 'Hongqi Kindergarten', 'Hongqi K.'],
  ['莘庄幼儿园', '莘庄幼', 'Xinzhuang Kindergarten', 'Xinzhuang K.'],
  ['百花幼儿园', '百花幼', 'Baihua Kindergarten', 'Baihua K.'],
  ['星辰幼儿园', '星辰幼', 'Xingchen Kindergarten', 'Xingchen K.'],
];

/** All of them; places lie in rows, put off by turns so that the map looks drawn. */
export const demoPlaces: readonly DemoPlace[] = names.map(([zh, short, en, brief], i) => ({
  id: `school-${String(i + 1).padStart(2, '0')}`,
  name: { zh, en },
  short: { zh: short, en: brief },
  street: streets[i % streets.length] ?? streets[0],
  kind: zh.endsWith('幼儿园') ? 'kindergarten' : 'school',
  x: 170 + (i % 8) * 90 + (Math.floor(i / 8) % 2) * 35,
  y: 230 + Math.floor(i / 8) * 125 + (i % 3) * 22,
}));
