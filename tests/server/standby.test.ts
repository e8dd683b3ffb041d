/**
 * Whether anybody stands where an alarm would go is said by day: to whoever asks for the health of the place, and as a trouble on
 * every page, as soon as the people change while the gateway runs.
 */
import { expect, test } from 'vitest';
import { removeUser, saveUser, setDisabled } from '../../src/server/auth/accounts.ts';
import { school } from '../core/school.ts';
import { until } from '../patience.ts';
import { PASSWORD, people, stand } from './place.ts';

const step = { afterMs: 30_000, roles: ['guard'] as const, channels: [] };
const site = {
  ...school,
  escalation: { ...school.escalation, 1: { steps: [step], repeatMs: 60_000 } },
  walls: { hall: { user: 'hall', title: { zh: '值班室', en: 'Control room' } } },
};

test('a step that comes to reach nobody, and a wall without its account, are said while the gateway runs', async () => {
  const own = await people();
  try {
    const at = await stand(own.path);
    at.place.changeSite(site);
    const cookie = await at.login('operator');
    const health = async () => {
      const response = await fetch(`${at.server.url}/api/health`, { headers: { cookie } });
      return (await response.json()) as {
        nobody: unknown[];
        walls: unknown[];
        unlistedWalls: string[];
        troubles: { part: string; why: { zh: string } }[];
      };
    };
    at.place.house.walls = () => [{ ...site.walls.hall, is: 'dead' }];
    expect(await health()).toMatchObject({
      nobody: [],
      walls: [{ user: 'hall', is: 'dead', account: 'missing' }],
      troubles: [],
    });

    await setDisabled(own.path, 'guard', true);
    await until('the step is said to reach nobody', async () => (await health()).nobody.length === 1);
    const sick = await health();
    expect(sick.nobody).toEqual([{ chain: 1, level: 1, why: 'no-account' }]);
    expect(sick.troubles).toMatchObject([{ part: 'escalation' }]);
    expect(sick.troubles[0]?.why.zh).toContain('一级报警升级第 1 级没有人：没有可以登录的账号');

    await setDisabled(own.path, 'guard', false);
    await saveUser(own.path, 'hall', 'operator', PASSWORD, { kiosk: true });
    await saveUser(own.path, 'yard', 'operator', PASSWORD, { kiosk: true });
    await until('all is well again', async () => (await health()).nobody.length === 0);
    expect(await health()).toMatchObject({
      walls: [{ account: 'well' }],
      unlistedWalls: ['wall', 'yard'],
      troubles: [],
    });

    for (const name of ['hall', 'yard']) await removeUser(own.path, name);
    await until('the wall lost its account', async () => (await health()).unlistedWalls.length === 1);
    expect(await health()).toMatchObject({ walls: [{ account: 'missing' }] });
  } finally {
    await own.remove();
  }
});

test('a channel that takes no message is nobody', async () => {
  const own = await people();
  try {
    const at = await stand(own.path);
    const robot = { id: 'robot', title: { zh: '群', en: 'Group' } };
    const only = { afterMs: 30_000, roles: ['auditor'] as const, channels: ['robot'] };
    at.place.changeSite({
      ...school,
      channels: { robot },
      escalation: { ...school.escalation, 1: { steps: [only], repeatMs: 60_000 } },
    });
    const cookie = await at.login('operator');
    const nobody = async () => {
      const response = await fetch(`${at.server.url}/api/health`, { headers: { cookie } });
      return ((await response.json()) as { nobody: unknown[] }).nobody;
    };
    expect(await nobody()).toEqual([]);
    const told = await at.place.offer({ kind: 'reading', device: 'fence', values: [['tamper', true]] });
    const duty = `notify/${told.find(({ kind }) => kind === 'raised')?.seq}/1/robot`;
    for (let i = 0; i < 3; i++) await at.place.offer({ kind: 'outcome', duty, ok: false });
    expect(await nobody()).toEqual([{ chain: 1, level: 1, why: 'channel-down' }]);
    await at.place.offer({ kind: 'outcome', duty, ok: true });
    expect(await nobody()).toEqual([]);
  } finally {
    await own.remove();
  }
});
