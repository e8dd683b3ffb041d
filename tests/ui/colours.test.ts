/**
 * Holds the colours of both themes to numbers: text on its ground, marks by their border, and alarm colours that stay apart
 * for people who see fewer of them. Contrast after WCAG 2.2, colour distance after CIEDE2000, deficiencies after Machado 2009.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contrast, deficiencies, distance, seenBy } from './colour.ts';

const css = readFileSync(new URL('../../src/ui/page/theme.css', import.meta.url), 'utf8');

function tokens(selector: string): Record<string, string> {
  const from = css.indexOf(`${selector} {`);
  const block = css.slice(from, css.indexOf('}', from));
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map((hit) => [hit[1], hit[2]!]));
}

const themes = { day: tokens(':root'), dark: tokens('html[data-theme="dark"]') };

describe.each(Object.entries(themes))('the %s theme', (name, c) => {
  test('has every token', () => expect(Object.keys(c)).toHaveLength(15));
  test.each(['bg', 'panel', 'raised'])('has text one can read on %s', (ground) => {
    expect(contrast(c.ink!, c[ground]!)).toBeGreaterThanOrEqual(7);
    expect(contrast(c.ink2!, c[ground]!)).toBeGreaterThanOrEqual(5);
  });
  test('has the contrasts it was designed with', () => {
    const designed = name === 'day' ? [12.32, 7.91, 5.54, 3.36] : [11.29, 7.74, 5.81, 3.7];
    const is = ['ink', 'ink2', 'ink3', 'line'].map((t) => Math.round(contrast(c[t]!, c.panel!) * 100) / 100);
    expect(is).toEqual(designed);
  });
  test.each([1, 2, 3, 4])('has text one can read on priority %i, and an ink border that carries its mark', (p) => {
    expect(contrast(c[`p${p}`]!, c[`p${p}t`]!)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(c.ink!, c.panel!)).toBeGreaterThanOrEqual(3);
  });
  test.each(['everybody', ...deficiencies] as const)('keeps alarm colours and normal lines apart for %s', (who) => {
    const five = ['p1', 'p2', 'p3', 'p4', 'line'].map((t) => seenBy(c[t]!, who));
    const apart = five.flatMap((a, i) => five.slice(i + 1).map((b) => distance(a, b)));
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(10);
  });
});

describe('the arithmetic', () => {
  test('knows black on white', () => expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5));
  // Pair 1 of Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula", 2005.
  test('knows the published pair', () =>
    expect(distance([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4));
  test('finds a yellow too near an orange', () =>
    expect(distance(seenBy('#f28500', 'everybody'), seenBy('#f09010', 'everybody'))).toBeLessThan(10));
});
