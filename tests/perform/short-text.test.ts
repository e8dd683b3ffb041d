/**
 * The shortest text of a message: never longer than it may be, whatever places and schools are called, and with what counts still in it.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutText, shortText, smsUnits } from '../../src/perform/sending/short-text.ts';
import { both, climbTold, trial } from './told.ts';

const climb = climbTold();

test('a climb in one line: how urgent, where, what, at which school, when, which number', () => {
  expect(shortText(climb, 'zh')).toBe('【P1 紧急】1区 东墙 攀爬 试验小学 11-23 22:00:37 #1');
  expect(shortText(climb, 'en')).toBe('[P1 URGENT] Z1 East wall CLIMB Test School 11-23 22:00:37 #1');
});

test('what is of no alarm says all of it where that fits, and else its title', () => {
  expect(shortText(trial, 'zh')).toBe('测试：请回复收到 这不是报警');
  expect(shortText(trial, 'zh', 13)).toBe('测试：请回复收到 试验小学');
  expect(shortText(trial, 'zh', 5)).toBe('测试：请…');
});

test('a long place gives way before what happened there, a long school before the place', () => {
  const place = both('从实验楼后门到操场西北角器材室的第三段围墙'.repeat(6), 'long');
  const long = { ...climb, place, title: both(`【P1 紧急】${place.zh} 攀爬`, 'x') };
  const text = shortText(long, 'zh');
  expect(text.length).toBeLessThanOrEqual(smsUnits);
  expect(text).toMatch(/^【P1 紧急】从实验楼.*… 攀爬 11-23 22:00:37 #1$/);
  const school = both('上海市浦东新区'.repeat(30), 'x');
  expect(shortText({ ...climb, school }, 'zh')).toMatch(/^【P1 紧急】1区 东墙 攀爬 上海.*… 11-23 22:00:37 #1$/);
});

test('what tells of other alarms as well says how many, for it has no room to name them', () => {
  const other = { alarm: 2, kind: 'cut' as const, place: both('2区', 'Z2') };
  const digest = { ...climb, about: 'digest' as const, others: [other, { ...other, alarm: 3 }] };
  expect(shortText(digest, 'zh')).toMatch(/^【P1 紧急】1区 东墙 攀爬，另有2条 .*#1$/);
  expect(shortText(digest, 'en')).toMatch(/CLIMB \+2 more .*#1$/);
});

test('it is never too long, on one line, and never ends in half a character', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 200 });
  fc.assert(
    fc.property(text, text, text, fc.integer({ min: 0, max: 200 }), (title, place, school, units) => {
      const message = {
        ...climb,
        title: both(`${title}${place}攀爬`, 'x'),
        place: both(place, 'x'),
        school: both(school, 'x'),
      };
      const short = shortText(message, 'zh', units);
      expect(short.length).toBeLessThanOrEqual(units);
      expect(short.isWellFormed()).toBe(true);
      expect(short).not.toMatch(/[\r\n\t]/);
    }),
  );
});

test('a cut says that it is one', () => {
  expect(cutText('东墙攀爬', 4)).toBe('东墙攀爬');
  expect(cutText('东墙攀爬', 3)).toBe('东墙…');
  expect(cutText('𠮷𠮷𠮷', 4)).toBe('𠮷…');
  expect(cutText('东墙', 0)).toBe('');
});
