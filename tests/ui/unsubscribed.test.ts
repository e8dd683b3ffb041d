/**
 * Who wants no more messages, in a real Chromium before the real server: the desk sees it where it sees who is reached, and puts a person
 * back with a word on how he agreed; who may not sees it all the same.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { school } from '../core/school.ts';
import { PASSWORD, people, place, stand } from '../server/place.ts';
import { openPage, type Stage, setStage, until } from './stage.ts';

let stage: Stage;
let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
  stage = await setStage();
});
afterAll(async () => {
  await stage?.end();
  await crowd?.remove();
});

/** Where pictures go for whoever wants to look at them. */
const shots = process.env.SHOTS;

test.each([
  ['zh', '已退订，不再发给他', '恢复发送…', '本人同意，恢复', '电话里说要收'],
  ['en', 'unsubscribed', 'Send again…', 'He agrees: send again', 'said so on the telephone'],
] as const)(
  'the desk sees who unsubscribed and puts him back with his consent, in %s',
  async (lang, off, open, back, how) => {
    const spot = place();
    spot.site = {
      ...school,
      people: { li: { id: 'li', name: '李强', ways: ['phone'], ladder: [{ channel: 'sms', afterMs: 0 }] } },
      channels: {
        sms: { id: 'sms', title: { zh: '短信', en: 'SMS' }, kind: 'sms-modem', each: 'phone', replies: true },
      },
    };
    const { server } = await stand(crowd.path, { ui: stage.built }, spot);
    await spot.offer({ kind: 'started', version: 'test', config: 'a' });
    await spot.offer({ kind: 'reply', channel: 'sms', person: 'li', said: 'stop' });
    const seen = async (role: string, size = {}) => {
      const next = encodeURIComponent(`/setup/channels?lang=${lang}`);
      const { page } = await openPage(stage, `${server.url}/login?next=${next}`, size);
      await page.fill('input[autocomplete=username]', role);
      await page.fill('input[type=password]', PASSWORD);
      await page.keyboard.press('Enter');
      await until(page, `document.querySelector('.reach tbody')?.textContent.includes('${off}') === true`);
      return page;
    };
    const auditor = await seen('auditor');
    expect(await auditor.getByRole('button', { name: open }).count()).toBe(0);
    const desk = await seen('operator', { width: 1440, height: 900 });
    await desk.getByRole('button', { name: open }).click();
    const agrees = desk.getByRole('button', { name: back });
    expect(await agrees.isDisabled()).toBe(true);
    await desk.locator('.consent input').fill(how);
    if (shots) await desk.screenshot({ path: `${shots}/unsubscribed-${lang}.png` });
    await agrees.click();
    await until(desk, `!document.querySelector('.reach tbody').textContent.includes('${off}')`);
    expect(spot.events.filter(({ kind }) => kind === 'resubscribed')).toMatchObject([
      { channel: 'sms', person: 'li', by: 'operator', consent: how },
    ]);
  },
);
