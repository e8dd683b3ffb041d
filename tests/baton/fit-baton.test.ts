/** What the rows of an export mean at the small school of the core's tests. */
import { describe, expect, test } from 'vitest';
import type { BatonRow } from '../../src/baton/baton-types.ts';
import { fitRows } from '../../src/baton/fit-baton.ts';
import type { Site } from '../../src/core/types.ts';
import { monday, school } from '../core/school.ts';

const route = Object.values(school.routes)[0]!;
const [first, second] = route.checkpoints;
/** The school whose first point has a chip beside its reader, and whose second has a chip alone. */
const site: Site = {
  ...school,
  routes: {
    [route.id]: {
      ...route,
      checkpoints: [
        { ...first!, chip: '0F004EBEFC' },
        { ...second!, reader: '0045001234', chip: '0045001234' },
      ],
    },
  },
};
const someone = Object.values(school.people)[0]!;
const row = (more: Partial<BatonRow>): BatonRow => ({ row: 2, sourceTime: monday, reader: '03', ...more });

describe('a row of an export', () => {
  test('is a touch of the reader its chip stands for, by the card of the person it names', () => {
    const { touches } = fitRows(site, [row({ chip: '0F004EBEFC', person: someone.name })]);
    expect(touches).toEqual([
      { reader: first!.reader, card: someone.card ?? someone.name, sourceTime: monday, person: someone.id },
    ]);
  });

  test('is known though a spreadsheet took the noughts from its chip', () => {
    expect(fitRows(site, [row({ chip: '45001234' })]).touches[0]!.reader).toBe('0045001234');
  });

  test('is known by the name of its place where it has no chip', () => {
    expect(fitRows(site, [row({ checkpoint: first!.title.zh })]).touches[0]!.reader).toBe(first!.reader);
  });

  test('is known by either name of a place that two routes call differently, and by none that two places share', () => {
    const [a, b] = [first!, { ...second!, title: { zh: '后门', en: 'Back gate' } }];
    const other = { ...a, id: 'again', title: { zh: '正门口', en: 'Front' } };
    const also = { ...b, id: 'b2', title: { zh: '正门口', en: 'Back' } };
    const placed = (...more: (typeof other)[]) => {
      const routes = { ...site.routes, x: { ...route, id: 'x', checkpoints: [a, b, ...more] } };
      return fitRows({ ...site, routes }, [row({ checkpoint: '正门口' })]).touches[0]!.reader;
    };
    expect(placed(other)).toBe(a.reader);
    expect(placed(other, also)).toBe('正门口');
  });

  test('of an unknown chip and person is kept as it was written, and listed', () => {
    const fitted = fitRows(site, [
      row({ chip: 'FFFF', person: '路人' }),
      row({ chip: 'FFFF', sourceTime: monday + 60_000 }),
    ]);
    expect(fitted.touches).toEqual([
      { reader: 'FFFF', card: '路人', sourceTime: monday },
      { reader: 'FFFF', card: '03', sourceTime: monday + 60_000 },
    ]);
    expect(fitted).toMatchObject({
      places: [{ said: 'FFFF', count: 2 }],
      people: [{ said: '路人', count: 1 }],
      from: monday,
      to: monday + 60_000,
    });
  });

  test('names nobody when two people have the name', () => {
    const twins = { ...site, people: { a: { id: 'a', name: '张伟' }, b: { id: 'b', name: '张伟' } } };
    expect(fitRows(twins, [row({ chip: 'FFFF', person: '张伟' })]).touches[0]!.person).toBeUndefined();
  });
});
