/**
 * Which addresses lead to a page: those of the table of pages and no other, before the real server. Whoever comes to another one
 * with a browser reads so in both languages and finds a way on; a program gets the problem document.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { firstPage, pageAt, pageEntries, pagesOn, wayKinds } from '../../src/core/site/pages.ts';
import { mayAsk } from '../../src/core/site/rights.ts';
import { people, ROLES, stand } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

const ui = new URL('../../src/ui', import.meta.url).pathname;
const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const LOST = ['/audit', '/reports', '/settings', '/settings/x', '/alarms/x', '/devices/cam', '/wall/', '/setup/x'];
const LOST_THINGS = ['/patrol/x', '/m/x', '/m/a/', '/m/a/x', '/m/a/7/8', '/index.html'];
const numbered = (address: string) => address.replace(':code', `${'Ab3-_'.repeat(4)}xy`).replace(/:\w+/g, '104');
const addresses = pageEntries.flatMap(({ id, path, things = [] }) =>
  [path, ...things].map((a) => [numbered(a), id] as const),
);

describe('the table of pages', () => {
  test('names each page in Chinese and in English', () => {
    const wrong = pageEntries.filter(({ title }) => !/[一-鿿]/.test(title.zh) || !/^[A-Z][a-z ]+$/.test(title.en));
    expect(wrong).toEqual([]);
  });

  test.each(addresses)('has %s for the page %s alone', (address, id) => expect(pageAt(address)).toBe(id));

  test.each([...LOST, ...LOST_THINGS, '/', ''])('has no page at "%s"', (address) =>
    expect(pageAt(address)).toBeUndefined(),
  );

  test.each(ROLES)('leads a person of the role %s by its ways to exactly the pages of that role', (role) => {
    const led = new Set(wayKinds.flatMap((way) => pagesOn(way, role).map(({ id }) => id)));
    const useful = pageEntries.filter(({ ask }) => ask !== undefined && mayAsk(role, ask)).map(({ id }) => id);
    expect([...led].sort()).toEqual([...useful].sort());
    expect(led).toContain(firstPage(role));
    // The tabs stand on the pages of commissioning alone: who has any of them reaches one by the bar.
    const bar = pagesOn('bar', role).map(({ id }) => id);
    const tabs = pagesOn('setup', role).map(({ id }) => id);
    expect(tabs.filter((id) => bar.includes(id)).length > 0).toBe(tabs.length > 0);
    // What the patrol board leads to is for those who come to it.
    expect(pagesOn('patrol', role).length === 0 || bar.includes('patrol')).toBe(true);
  });
});

describe('the server', () => {
  test('serves every address of the table as the built page', async () => {
    const { fetch } = await stand(crowd.path, { ui });
    for (const [address] of addresses) {
      const page = await fetch(address);
      expect(`${address} ${page.status} ${page.headers.get('content-type')}`).toBe(
        `${address} 200 text/html; charset=utf-8`,
      );
      expect(await page.text()).toContain('<div id="app">');
    }
  });

  test('leads from the bare address to the first page of whoever comes', async () => {
    const { login, fetch } = await stand(crowd.path, { ui });
    const led = async (headers: Record<string, string> = {}) => {
      const { status, headers: said } = await fetch('/', { headers, redirect: 'manual' });
      return `${status} ${said.get('location')}`;
    };
    expect(await led()).toBe('302 /login');
    expect(await led({ cookie: await login('guard') })).toBe('302 /m');
    expect(await led({ cookie: await login('head') })).toBe('302 /console');
  });

  test.each([...LOST, ...LOST_THINGS])('says 404 at %s, to a person on a page with a way back', async (address) => {
    const { login, fetch } = await stand(crowd.path, { ui });
    const cookie = await login('operator');
    const page = await fetch(address, { headers: { ...BROWSER, cookie } });
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    const text = await page.text();
    for (const said of ['没有这个地址或记录。', 'There is no such address or record.', '回到首页', '<a href="/">'])
      expect(text).toContain(said);
    const document = await fetch(address, { headers: { cookie } });
    expect([document.status, document.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
  });

  test('sends a person without a log-in to the form, wherever the address would lead', async () => {
    const { fetch } = await stand(crowd.path, { ui });
    const texts = await Promise.all(
      ['/nothing?a=1&b=2', '/api/me'].map(async (address) => {
        const page = await fetch(address, { headers: BROWSER });
        expect(page.status).toBe(401);
        const text = await page.text();
        expect(text).toContain('请先登录。');
        return /<a href="([^"]*)">/.exec(text)?.[1];
      }),
    );
    expect(texts).toEqual(['/login?next=%2Fnothing%3Fa%3D1%26b%3D2', '/login?next=%2Fapi%2Fme']);
  });
});
