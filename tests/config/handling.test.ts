/**
 * What a configuration says about handling alarms: channels, escalation, procedures; what is wrong with each, and what holds
 * where nothing is written.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Procedure, Site } from '../../src/core/types.ts';
import { type Config, loadConfig } from '../../src/site/load-site.ts';
import { englishText } from './load.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-handling-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The smallest school there is, with these lines behind it. */
async function load(more: string, hook = 'https://notify.example/x?key=hidden') {
  const file = join(folder, 'school.yaml');
  await writeFile(
    file,
    `school: { name: { zh: 小学, en: School }, short: 小学, timezone: "+08:00" }
map: { width: 100, height: 100 }
server: { host: 127.0.0.1, port: 8080 }
store: { dir: data }
lines: []
devices: []
zones: []
${more}`,
  );
  const result = await loadConfig(file, { HOOK: hook, KEY: 'hush-hush' });
  const lines = result.ok ? [] : result.errors.map((error) => englishText(error).slice(file.length + 1));
  const warnings = result.ok ? result.warnings.map((error) => englishText(error).slice(file.length + 1)) : [];
  return { lines, warnings, config: result.ok ? result.config : undefined };
}

async function right(more = ''): Promise<Config> {
  const { lines, config } = await load(more);
  expect(lines).toEqual([]);
  return config!;
}

const channel = `channels:
  - { id: duty, title: { zh: 值班室, en: Duty office }, protocol: webhook, url: "\${HOOK}", password: "\${KEY}" }
`;

describe('where nothing is written', () => {
  test('the usual chains hold: half a minute, two minutes, a quarter of an hour', async () => {
    const { escalation } = (await right()).site;
    const first = (chain: Site['escalation'][1]) => chain.steps[0]!.afterMs / 1_000;
    expect([escalation[1], escalation[2], escalation[3], escalation.quiet].map(first)).toEqual([30, 120, 900, 0]);
    expect(escalation.quiet.steps.flatMap(({ roles }) => roles)).toEqual(['head', 'admin']);
  });

  test('every kind that people see to has one procedure of at most six steps, which leads only forward', async () => {
    const procedures = Object.values((await right()).site.procedures);
    const kinds = procedures.flatMap(({ kinds: all, family }) => all.map((kind) => `${kind} ${family ?? ''}`));
    expect(new Set(kinds).size).toBe(kinds.length);
    for (const kind of ['climb', 'cut', 'slack', 'missed', 'sos', 'tamper', 'comms']) {
      expect(kinds, kind).toContain(`${kind} `);
    }
    expect(kinds).toContain('comms camera');
    for (const { id, steps } of procedures) {
      expect(steps.length, id).toBeLessThanOrEqual(6);
      for (const [n, { next }] of steps.entries()) {
        for (const to of Object.values(next ?? {}))
          expect(to === 'end' || (to > n && to < steps.length), id).toBe(true);
      }
    }
  });
});

describe('a channel', () => {
  test('has its address and its secret, and neither reaches the site that browsers see', async () => {
    const { channels, site } = await right(channel);
    expect(channels).toEqual([
      {
        id: 'duty',
        protocol: 'webhook',
        url: 'https://notify.example/x?key=hidden',
        secret: 'hush-hush',
        timeoutMs: 5_000,
      },
    ]);
    const title = { zh: '值班室', en: 'Duty office' };
    expect(site.channels).toEqual({ duty: { id: 'duty', title, kind: 'webhook' } });
    expect(JSON.stringify(site)).not.toMatch(/hidden|hush/);
  });

  test.each([
    [`"\${KEY}"`, 'hush-hush', /^9:\d+ channels\[0\]\.password: a password is written in the file/],
    [`, password: "\${KEY}"`, '', /^9:5 channels\[0\]\.password: password is missing; messages are signed with it/],
    [`"\${HOOK}"`, 'file:///etc/passwd', /channels\[0\]\.url: found "file.*", expected an address such as https:/],
    [`"\${HOOK}"`, '"http://[bad/"', /channels\[0\]\.url: .*expected an address/],
    ['webhook', 'pigeon', /channels\[0\]\.protocol: found "pigeon", expected/],
  ])('with %s as %s is refused', async (part, wrong, words) => {
    const { lines } = await load(channel.replace(part, wrong));
    expect(lines).toEqual([expect.stringMatching(words)]);
    expect(lines.join()).not.toContain('hush-hush');
  });
});

test('an address that no request can be sent to is refused, also from the environment, and not shown', async () => {
  const { lines } = await load(channel, 'https://me:hidden@notify.example/x');
  expect(lines).toEqual([expect.stringMatching(/channels\[0\]\.url: .*expected an address without a name/)]);
  expect(lines.join()).not.toContain('hidden');
});

describe('escalation', () => {
  const chain = (steps: string) => `${channel}escalation: { p1: { steps: [${steps}], repeatMin: 2 } }`;

  test('is told in seconds and minutes, and leaves the chains it does not name as usual', async () => {
    const { escalation } = (await right(chain('{ afterSec: 0.5, roles: [head], channels: [duty] }'))).site;
    expect(escalation[1]).toEqual({
      steps: [{ afterMs: 500, roles: ['head'], channels: ['duty'] }],
      repeatMs: 120_000,
    });
    expect(escalation[2].steps).toHaveLength(3);
  });

  test.each([
    ['{ afterSec: 1, roles: [head], channels: [dutty] }', /channels\[0\]: found "dutty", .* did you mean "duty"\?/],
    [
      '{ afterSec: 9, roles: [head] }, { afterSec: 5, roles: [head] }',
      /steps\[1\]\.afterSec: found 5, expected at least 9/,
    ],
    ['{ afterSec: 1, roles: [king] }', /roles\[0\]: found "king", expected one of operator/],
    ['{ afterSec: 1 }', /steps: none of these steps reaches anybody who may act; expected a channel/],
    [
      '{ afterSec: 1, roles: [auditor] }, { afterSec: 5, roles: [integrator] }',
      /steps: none of these steps reaches anybody who may act; expected a channel, or one of operator/,
    ],
  ])('with %s is refused', async (steps, words) => {
    expect((await load(chain(steps))).lines).toEqual([expect.stringMatching(words)]);
  });

  test('is warned of a step that nobody may act at, and that is passed therefore', async () => {
    const { lines, warnings } = await load(
      `${chain('{ afterSec: 1, roles: [auditor] }, { afterSec: 5, roles: [head] }').slice(0, -1)}, lastResort: { channels: [duty] } }`,
    );
    expect([lines, warnings]).toEqual([
      [],
      [expect.stringMatching(/steps\[0\]\.roles: nobody of these roles may act, so that the step is passed/)],
    ]);
  });

  describe('has a last resort', () => {
    const last = (what: string) => load(`${channel}escalation: { lastResort: ${what} }`);

    test('that is named, with a channel', async () => {
      const { lines, warnings, config } = await last('{ roles: [head], channels: [duty] }');
      expect([lines, warnings]).toEqual([[], []]);
      expect(config?.site.escalation.lastResort).toEqual({ roles: ['head'], channels: ['duty'] });
    });

    test('that is warned of when it is missing, and is everybody meanwhile', async () => {
      const { warnings, config } = await load(channel);
      expect(warnings).toEqual([expect.stringMatching(/escalation\.lastResort: lastResort is missing; name whom/)]);
      expect(config?.site.escalation.lastResort).toEqual({
        roles: ['operator', 'head', 'admin', 'guard'],
        channels: ['duty'],
        unnamed: true,
      });
    });

    test('that is warned of when it needs somebody at a screen', async () => {
      expect((await last('{ roles: [head] }')).warnings).toEqual([
        expect.stringMatching(/the last resort names no channel: it reaches only who looks at a screen/),
      ]);
    });

    test.each([
      ['{ roles: [auditor] }', /lastResort: the last resort reaches nobody who may act; expected a channel, or one of/],
      ['{}', /lastResort: the last resort reaches nobody who may act/],
      ['{ channels: [dutty] }', /lastResort\.channels\[0\]: found "dutty", .* did you mean "duty"\?/],
    ])('that is refused as %s', async (what, words) => {
      expect((await last(what)).lines).toEqual([expect.stringMatching(words)]);
    });
  });

  test('of a silent call for help names nobody who may not know of it', async () => {
    const { lines } = await load('escalation: { quiet: { steps: [{ afterSec: 0, roles: [guard] }], repeatMin: 1 } }');
    expect(lines).toEqual([expect.stringMatching(/roles\[0\]: found "guard", expected one of head, auditor, admin/)]);
  });
});

describe('a procedure', () => {
  const procedure = (steps: string, kinds = '[climb]', id = 'ours') =>
    `procedures:\n  - { id: ${id}, title: { zh: 攀爬, en: Climb }, kinds: ${kinds}, steps: [${steps}] }\n`;
  const ask = 'ask: { zh: 问, en: ask }';

  test('counts its steps from one, and takes the place of the usual one for its kinds alone', async () => {
    const steps = `{ ${ask}, answer: yes-no, must: true, yes: 3, no: end }, { ${ask}, answer: person }, { ${ask}, answer: done }`;
    const { procedures } = (await right(procedure(`${steps.replace('no: end', 'no: 2')}`))).site;
    const words = { zh: '问', en: 'ask' };
    expect(procedures.ours).toEqual({
      id: 'ours',
      title: { zh: '攀爬', en: 'Climb' },
      kinds: ['climb'],
      steps: [
        { ask: words, answer: 'yes-no', must: true, next: { yes: 2, no: 1 } },
        { ask: words, answer: 'person' },
        { ask: words, answer: 'done' },
      ],
    } satisfies Procedure);
    const holders = Object.values(procedures).filter(({ kinds }) => kinds.includes('climb'));
    expect(holders.map(({ id }) => id)).toEqual(['ours']);
    expect(Object.values(procedures).some(({ kinds }) => kinds.includes('pull'))).toBe(true);
  });

  test.each([
    [`{ ${ask}, answer: yes-no, yes: 5 }`, /steps\[0\]\.yes: found 5, expected end: steps only lead forward/],
    [
      `{ ${ask}, answer: yes-no }, { ${ask}, answer: yes-no, no: 1 }, { ${ask}, answer: done }`,
      /steps\[1\]\.no: found 1, expected a step from 3 to 3, or end: steps only lead forward/,
    ],
    [
      `{ ${ask}, answer: yes-no, yes: 3, no: 3 }, { ${ask}, answer: done }, { ${ask}, answer: done }`,
      /steps\[1\]: no answer leads to step 2/,
    ],
    [
      `{ ${ask}, answer: done, yes: 2 }, { ${ask}, answer: done }`,
      /steps\[0\]\.yes: yes has no meaning for an answer of done/,
    ],
    [Array(7).fill(`{ ${ask}, answer: done }`).join(', '), /steps: found .*, expected at most 6 entries/],
  ])('with the steps %s is refused', async (steps, words) => {
    expect((await load(procedure(steps))).lines).toEqual([expect.stringMatching(words)]);
  });

  test('under the id of a usual one is refused, because that one holds for its other kinds beside it', async () => {
    expect((await load(procedure(`{ ${ask}, answer: done }`, '[climb]', 'usual-climb'))).lines).toEqual([
      expect.stringMatching(
        /procedures\[0\]\.id: found "usual-climb", expected another id: a procedure .* has this one/,
      ),
    ]);
  });

  test('for a kind that has one already, or that is none, is refused', async () => {
    const done = `{ ${ask}, answer: done }`;
    const twice = procedure(done) + procedure(done, '[climb]', 'again').replace('procedures:\n', '');
    expect((await load(twice)).lines).toEqual([
      expect.stringMatching(/procedures\[1\]\.kinds\[0\]: the procedure for this kind .*taken/),
    ]);
    const other =
      procedure(done) +
      procedure(done, '[climb]', 'again').replace('procedures:\n', '').replace('kinds:', 'family: camera, kinds:');
    expect((await load(other)).lines).toEqual([]);
    expect((await load(procedure(done, '[flood]'))).lines).toEqual([
      expect.stringMatching(/kinds\[0\]: found "flood", expected one of/),
    ]);
  });
});
