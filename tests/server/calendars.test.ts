/**
 * Addresses of calendars over real HTTP: told once, kept as a hash, withdrawn at once; and what stands at one, read as RFC 5545 has it.
 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localDay } from '../../src/core/site/calendar.ts';
import { emptyState } from '../../src/core/state.ts';
import type { DutyShift, Site } from '../../src/core/types.ts';
import { calendarOf } from '../../src/server/routes/duty-calendar.ts';
import { monday, school } from '../core/school.ts';
import { people, stand } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

const day = localDay(monday, 480);
const shift = (id: string, from: number, until: number, title: string): DutyShift => ({
  ...{ id, title: { zh: title, en: id }, days: [0, 1, 2, 3, 4, 5, 6], persons: 1 },
  ...{ from, until },
});
const site: Site = {
  ...school,
  people: { li: { id: 'li', name: '李强' }, zhang: { id: 'zhang', name: '张伟', language: 'en' } },
  roster: {
    shifts: { night: shift('night', 1_140, 420, '夜班；长，见, 说明') },
    turns: [{ shift: 'night', days: [1, 2, 3, 4, 5, 6, 0], order: [['li'], ['zhang']], anchor: day, eachDays: 1 }],
    temporary: [],
  },
};

/** The content lines of a calendar, unfolded as RFC 5545 3.1 says. */
const linesOf = (text: string) =>
  text
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n')
    .slice(0, -1);

async function place(role = 'operator') {
  const at = await stand(crowd.path);
  at.place.changeSite(site);
  const cookie = await at.login(role);
  const give = async (person: string) => {
    const response = await at.post('/api/duty/calendars', { person }, { cookie });
    return { status: response.status, body: (await response.json()) as { path: string; code?: string } };
  };
  return { at, cookie, give };
}

describe('the address of a calendar', () => {
  test('is told once, answers without a log-in, and is kept as a hash alone', async () => {
    const { at, give } = await place();
    const { status, body } = await give('li');
    expect(status).toBe(200);
    expect(body.path).toMatch(/^\/duty\/[A-Za-z0-9_-]{32}\.ics$/);
    const token = body.path.slice(6, -4);
    const told = at.place.events.find(({ kind }) => kind === 'calendar-given');
    expect(told).toMatchObject({ person: 'li', hash: createHash('sha256').update(token).digest('hex') });
    expect(JSON.stringify(at.place.events) + at.logged.join()).not.toContain(token);
    const response = await at.fetch(body.path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(response.headers.get('cache-control')).toContain('no-store');
    expect(await response.text()).toContain('BEGIN:VEVENT');
    expect(at.logged.join()).not.toContain(token);
  });

  test('leads nowhere once it is withdrawn, or another was given, or the person is gone', async () => {
    const { at, cookie, give } = await place();
    const first = (await give('li')).body.path;
    const second = (await give('li')).body.path;
    expect((await at.fetch(first)).status).toBe(404);
    expect((await at.fetch(second)).status).toBe(200);
    await at.post('/api/commands', { do: 'withdraw-calendar', person: 'li' }, { cookie });
    expect((await at.fetch(second)).status).toBe(404);
    const third = (await give('li')).body.path;
    at.place.changeSite({ ...site, people: {} });
    expect((await at.fetch(third)).status).toBe(404);
  });

  test('that was guessed is answered like one that is none', async () => {
    const { at, give } = await place();
    await give('li');
    const answers = await Promise.all(
      [`/duty/${'A'.repeat(32)}.ics`, '/duty/short.ics', `/duty/${'A'.repeat(32)}`, '/duty/..%2f..%2fetc'].map(
        async (path) => {
          const { status } = await at.fetch(path);
          return status;
        },
      ),
    );
    expect(answers).toEqual([404, 404, 404, 404]);
  });

  test('is given by the desk to people there are, and not by a guard, an installer, or a command over the wire', async () => {
    const { at, cookie, give } = await place();
    expect((await give('nobody')).body.code).toBe('unknown-person');
    const wire = await at.post('/api/commands', { do: 'give-calendar', person: 'li', hash: 'ab' }, { cookie });
    expect(wire.status).toBe(400);
    expect((await (await place('guard')).give('li')).body.code).toBe('no-right');
    expect((await (await place('integrator')).give('li')).body.code).toBe('no-right');
  });
});

describe('a calendar', () => {
  const now = monday + 12 * 3_600_000;
  const of = (person: string, state = emptyState()) => calendarOf(site, state, { person, mark: 'mark', now });

  test('holds the shifts of one person, two weeks back and sixty days ahead, in UTC, and no other person', () => {
    const text = of('li');
    const lines = linesOf(text);
    expect(lines.slice(0, 4)).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Gatehouse//Duty roster//ZH',
      'CALSCALE:GREGORIAN',
    ]);
    expect(lines.at(-1)).toBe('END:VCALENDAR');
    // Every other night of seventy-four.
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(37);
    const first = lines.indexOf(`UID:night-${day}-mark@gatehouse`);
    expect(lines.slice(first - 1, first + 6)).toEqual([
      'BEGIN:VEVENT',
      `UID:night-${day}-mark@gatehouse`,
      'DTSTAMP:20261123T040000Z',
      'DTSTART:20261123T110000Z',
      'DTEND:20261123T230000Z',
      'SUMMARY:夜班；长，见\\, 说明',
      'END:VEVENT',
    ]);
    expect(text).not.toContain('张伟');
    expect(of('zhang')).toContain('SUMMARY:night');
  });

  test('is lines of 75 octets at most, none of which tears a character apart', () => {
    const long = { ...site, people: { li: { id: 'li', name: '李强'.repeat(30) } } };
    const text = calendarOf(long, emptyState(), { person: 'li', mark: 'mark', now });
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text).not.toContain('\uFFFD');
    expect(linesOf(text)).toContain(`X-WR-CALNAME:${'李强'.repeat(30)} 值班`);
  });

  test('has a shift one took over as his, without whose it was, and not one that he gave away', () => {
    const state = emptyState();
    state.shiftChanges.set(9, {
      ...{ id: 9, how: 'cover', reason: '看病', by: 'wang', at: now },
      moves: [{ shift: 'night', day, out: 'li', in: 'zhang' }],
    });
    expect(of('li', state)).not.toContain(`UID:night-${day}-`);
    expect(of('zhang', state)).toContain('SUMMARY:night (cover)');
    expect(of('zhang', state)).not.toMatch(/李强|li\b|看病/);
  });
});
