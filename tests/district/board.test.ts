/**
 * The pure half of the district's wall: what can be believed as time passes, in which order schools stand and for how long, what a tile
 * says, and that the head counts what the tiles show.
 */
import { describe, expect, test } from 'vitest';
import type { SchoolTile } from '../../src/district/board/board-types.ts';
import { countBoard } from '../../src/district/board/tile-counts.ts';
import { tileDoubt } from '../../src/district/board/tile-doubt.ts';
import { tileFace } from '../../src/district/board/tile-face.ts';
import { byNeed, holdOrder, ORDER_MS, PAGE_TILES } from '../../src/district/board/tile-order.ts';
import { alarmed, lostFor, districtNow as now, utcOffsetMin, well, wellSchools } from './some-tiles.ts';

const face = (tile: SchoolTile, at = now) => tileFace(tile, at, utcOffsetMin);
const zh = (tile: SchoolTile, at = now) => {
  const { state, since, before, late, first, figures } = face(tile, at);
  return [state, since, before, late, ...first, ...figures.map(({ said }) => said)].flatMap((one) =>
    one ? [one.zh] : [],
  );
};
const order = (...tiles: SchoolTile[]) => byNeed(tiles, now, 'zh').map(({ school }) => school);

describe('a school', () => {
  test('is believed for ninety seconds after its last sign of life and not a moment longer', () => {
    const tile = well(0, { seenAt: now - 90_000 });
    expect(tileDoubt(tile, now)).toBeUndefined();
    expect(tileDoubt(tile, now + 1)).toBe('lost');
  });
  test('is lost when the district says so, however fresh its time looks', () => {
    expect(tileDoubt(well(0, { doubt: 'lost', seenAt: now + 500_000 }), now)).toBe('lost');
  });
  test('that has never spoken is not joined, whatever else the tile holds', () => {
    const { seenAt: _, ...tile } = well(0);
    expect(tileDoubt(tile, now)).toBe('never');
    expect(zh(tile)).toEqual(['未接入', '等待首次连接']);
  });
  test('on hold that goes silent is lost', () => {
    expect(tileDoubt(well(0, { doubt: 'held', seenAt: now - 100_000 }), now)).toBe('lost');
  });
  test('is late only while lines are on their way', () => {
    expect(tileDoubt(well(0, { toldAt: now - 61_000, behind: 1 }), now)).toBe('late');
    expect(tileDoubt(well(0, { toldAt: now - 61_000 }), now)).toBeUndefined();
    expect(tileDoubt(well(0, { toldAt: now - 60_000, behind: 1 }), now)).toBeUndefined();
  });
});

describe('a tile', () => {
  test('shows figures, and a dash where nothing was counted', () => {
    expect(zh(well(0))).toEqual(['巡100%', '厨6/6', '围7/7']);
    const none = { of: 0, good: 0 };
    expect(zh(well(0, { patrol: none, kitchen: none, fence: { zones: 0, armed: 0, out: 0 } }))).toEqual([
      '巡—',
      '厨—',
      '围—',
    ]);
  });
  test('says a hundred only when nothing lacks', () => {
    expect(zh(well(0, { patrol: { of: 1_000, good: 999 } }))[0]).toBe('巡99%');
  });
  test('shows how old the first alarm of priority 1 is, and of what kind', () => {
    expect(zh(alarmed(0, 1, 38)).slice(0, 2)).toEqual(['38秒', '攀爬']);
    expect(zh(alarmed(0, 1, 241, 'climb', 3)).slice(0, 2)).toEqual(['×3', '4分']);
  });
  test('shows no age before nought where the clock of a school runs ahead', () => {
    expect(zh(alarmed(0, 1, -40))[0]).toBe('0秒');
  });
  test('names an alarm of a kind it does not know an alarm', () => {
    expect(zh(alarmed(0, 2, 5, 'meteor')).slice(0, 2)).toEqual(['5秒', '报警']);
  });
  test('of a lost school says since when, and what waited then, and claims no figure', () => {
    const { alarms } = alarmed(0, 1, 400);
    const tile = lostFor(0, 250, { alarms });
    expect(zh(tile)).toEqual(['失联 4分', '最后 14:27', '失联前']);
    expect(face(tile).marks).toEqual([{ priority: 1, count: 1 }]);
    expect(zh(lostFor(0, 3 * 86_400))).toEqual(['失联 3天', '最后 11-27 14:32']);
  });
  test('of a school on hold says why, and claims no figure', () => {
    expect(zh(well(0, { doubt: 'held', why: 'rewritten' }))).toEqual(['记录不符', '历史被改']);
    expect(zh(well(0, { doubt: 'held', why: 'something-new' }))).toEqual(['记录不符', '等待核实']);
  });
  test('of a late school says how late, and keeps its figures', () => {
    expect(zh(well(0, { toldAt: now - 720_000, behind: 320 }))).toEqual(['数据迟 12分', '巡100%', '厨6/6', '围7/7']);
  });
  test('claims no figure where the page has lost the district, while the age of what waits runs on', () => {
    const late = (tile: SchoolTile) => tileFace(tile, now, utcOffsetMin, now + 60_000);
    const said = ({ first, figures }: ReturnType<typeof late>) =>
      [...first, ...figures.map((one) => one.said)].map(({ zh }) => zh);
    expect(said(late(alarmed(0, 1, 38)))).toEqual(['1分', '攀爬', '巡—', '厨—', '围—']);
    expect(said(late(well(0, { drillSince: now, urged: 2, alarms: { waiting: [0, 0, 0], open: 3 } })))).toEqual([
      '巡—',
      '厨—',
      '围—',
    ]);
  });
  test('marks an alarm that overtook the backlog', () => {
    const tile = alarmed(0, 1, 10);
    const ahead = { ...tile, alarms: { ...tile.alarms, top: { ...tile.alarms.top!, ahead: true as const } } };
    expect(face(ahead).ahead).toBe(true);
    expect(face(ahead).first.map(({ zh }) => zh)).toEqual(['10秒']);
    expect(face(tile).ahead).toBeUndefined();
  });
  test('has a word in both languages for all it says', () => {
    const all = [
      ...wellSchools(14),
      alarmed(0, 1, 3),
      lostFor(1, 100),
      well(2, { doubt: 'held' }),
      well(3, { drillSince: now }),
    ];
    for (const tile of all) {
      const { state, since, before, late, first, figures } = face(tile);
      for (const one of [state, since, before, late, ...first, ...figures.map(({ said }) => said)])
        if (one) expect(`${one.zh}${one.en}`).not.toContain('undefined');
    }
  });
});

describe('the order', () => {
  test('is priority 1, priority 2, lost or on hold, priority 3, late or not joined, and the rest by name', () => {
    const late = well(6, { behind: 9, toldAt: now - 99_000 });
    const held = well(7, { doubt: 'held' });
    const tiles = [well(3), well(1), late, alarmed(2, 3, 5), lostFor(4, 100), alarmed(5, 2, 5), alarmed(0, 1, 5), held];
    expect(order(...tiles)).toEqual([
      ...['school-1', 'school-6', 'school-8', 'school-5', 'school-3', 'school-7'],
      ...['school-2', 'school-4'],
    ]);
  });
  test('leaves a school that is lost with an alarm of priority 1 where that alarm was', () => {
    expect(order(alarmed(0, 2, 5), lostFor(1, 100, { alarms: alarmed(1, 1, 300).alarms }))[0]).toBe('school-2');
  });
  test('is held for thirty seconds after it has changed, while new schools join at its end', () => {
    const first = holdOrder(undefined, ['a', 'b', 'c'], new Set(), 0);
    expect(holdOrder(first, ['c', 'a', 'b'], new Set(['c']), ORDER_MS - 1)).toBe(first);
    expect(holdOrder(first, ['d', 'c', 'a'], new Set(), 10)).toEqual({ schools: ['a', 'c', 'd'], since: 0 });
    const next = holdOrder(first, ['c', 'a', 'b'], new Set(), ORDER_MS);
    expect(next).toEqual({ schools: ['c', 'a', 'b'], since: ORDER_MS });
    expect(holdOrder(next, ['b', 'c', 'a'], new Set(), ORDER_MS + 1)).toBe(next);
  });
  test('changes at once when it has stood for long', () => {
    const first = holdOrder(undefined, ['a', 'b'], new Set(), 0);
    expect(holdOrder(first, ['a', 'b'], new Set(), 500_000)).toBe(first);
    expect(holdOrder(first, ['b', 'a'], new Set(), 500_001).schools).toEqual(['b', 'a']);
  });
  test('is broken for what is urgent and stands beyond the first page', () => {
    const many = Array.from({ length: PAGE_TILES + 5 }, (_, n) => `s${n}`);
    const first = holdOrder(undefined, many, new Set(), 0);
    const wanted = ['s42', ...many.filter((one) => one !== 's42')];
    expect(holdOrder(first, wanted, new Set(), 5)).toBe(first);
    expect(holdOrder(first, wanted, new Set(['s42']), 5)).toEqual({ schools: wanted, since: 5 });
  });
  test('is not broken again and again by more urgent schools than one page holds', () => {
    const many = Array.from({ length: PAGE_TILES + 5 }, (_, n) => `s${n}`);
    const first = holdOrder(undefined, many, new Set(many), 0);
    expect(holdOrder(first, many, new Set(many), 5)).toBe(first);
  });
});

describe('the head', () => {
  test('counts what the tiles show, and says what of it is past', () => {
    const tiles = [
      ...[alarmed(0, 1, 5, 'climb', 2), alarmed(1, 2, 5), well(2), well(3, { patrol: { of: 8, good: 4 } })],
      lostFor(4, 100, { alarms: alarmed(4, 1, 200).alarms }),
      ...[well(5, { doubt: 'held' }), well(6, { behind: 3, toldAt: now - 70_000 }), well(7, { doubt: 'never' })],
    ];
    expect(countBoard(tiles, now)).toEqual({
      ...{ schools: 8, online: 6, lost: 1, held: 1, never: 1, late: 1 },
      ...{ waiting: [3, 1, 0], past: [1, 0, 0], patrol: { of: 80, good: 76 } },
    });
    const faces = tiles.map((tile) => face(tile));
    const counts = countBoard(tiles, now);
    for (const look of ['lost', 'held', 'never'] as const)
      expect(faces.filter((one) => one.look === look)).toHaveLength(counts[look]);
    const shown = (priority: number) =>
      faces.flatMap(({ marks }) => marks).reduce((all, one) => all + (one.priority === priority ? one.count : 0), 0);
    expect([shown(1), shown(2), shown(3)]).toEqual(counts.waiting);
  });
  test('of no school counts nothing', () => {
    expect(countBoard([], now)).toMatchObject({ schools: 0, online: 0, patrol: { of: 0, good: 0 } });
  });
});
