/**
 * Messages against a real server on this machine that takes them, refuses them, leads them elsewhere, or says nothing.
 */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { evolve } from '../../src/core/evolve.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Alarm, Duty, Site, Words } from '../../src/core/types.ts';
import { Channels } from '../../src/perform/channels.ts';
import { messageOf } from '../../src/perform/sending/message.ts';
import { deliveryHeader, signature, signatureHeader, timeHeader } from '../../src/perform/webhook.ts';
import { bothLanguages } from '../../src/words/words.ts';
import { realWorld } from '../../src/world/world.ts';
import { monday, school } from '../core/school.ts';
import { PATIENCE_MS } from '../patience.ts';

const site: Site = { ...school, channels: { duty: { id: 'duty', title: { zh: '值班室', en: 'Duty office' } } } };
const secret = 'only-for-tests';
const raisedAt = monday + 22 * 3_600_000;

/** Somebody climbs the east wall twice; later facts as given. */
function alarm(...more: Parameters<typeof evolve>[1][]): Alarm {
  const state = emptyState();
  const raised = {
    key: 'z1/climb',
    alarm: 'climb',
    priority: 1,
    device: 'fence',
    cause: 'c',
    active: true,
    zone: 'z1',
  } as const;
  evolve(state, { kind: 'raised', ...raised, seq: 1, at: raisedAt });
  evolve(state, {
    kind: 'repeated',
    alarm: 1,
    device: 'fence',
    cause: 'd',
    active: true,
    priority: 1,
    seq: 2,
    at: raisedAt,
  });
  for (const event of more) evolve(state, event);
  return state.alarms.get(1)!;
}

interface Taken {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver that keeps what it took and answers as told. */
async function receiver(answer: (response: ServerResponse) => void) {
  const taken: Taken[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      taken.push({ headers: request.headers, body });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { taken, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=hidden` };
}

/** An address nobody listens at any more. */
async function nobody(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/`;
}

function channels(url: string, timeoutMs = PATIENCE_MS) {
  const troubles = new Map<string, Words | undefined>();
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const all = new Channels({
    world: realWorld(log),
    site: () => site,
    trouble: (part, why) => troubles.set(part, why),
    picture: async () => undefined,
  });
  all.use({ channels: [{ id: 'duty', protocol: 'webhook', url, secret, timeoutMs }], contacts: {} });
  const send = (more: Partial<Extract<Duty, { do: 'notify' }>> = {}) =>
    all.send({ id: 'notify/1/9/duty', do: 'notify', channel: 'duty', level: 1, alarm: alarm(), others: [], ...more });
  return { all, send, troubles };
}

describe('a message', () => {
  test('arrives as JSON whose signature the receiver can check, and under a name that stays when it is sent again', async () => {
    const { taken, url } = await receiver((response) => response.writeHead(204).end());
    const { send } = channels(url);
    await send();
    await send();
    const [{ headers, body }, again] = taken as [Taken, Taken];
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(headers[signatureHeader]).toBe(signature(secret, Number(headers[timeHeader]), body));
    expect([headers[deliveryHeader], again.headers[deliveryHeader]]).toEqual(['notify/1/9/duty', 'notify/1/9/duty']);
    expect(JSON.parse(body)).toMatchObject({
      alarm: 1,
      priority: 1,
      kind: 'climb',
      place: { zh: '1区 东墙' },
      level: 1,
    });
  });

  test('is signed as anybody can reckon: HMAC-SHA256 of time, full stop, body', () => {
    // printf '1767225600000.{"a":1}' | openssl dgst -sha256 -hmac only-for-tests
    expect(signature(secret, 1_767_225_600_000, '{"a":1}')).toBe(
      'sha256=84021d95d31efee20eb01bc49936b7afb629fc69e881e3ec118678a3988137cc',
    );
  });

  test.each([
    ['500', (r: ServerResponse) => r.writeHead(500).end('oops'), /答复 500.*answered 500/],
    ['a redirect', (r: ServerResponse) => r.writeHead(302, { location: '/elsewhere' }).end(), /answered 302/],
    ['silence', () => undefined, /0.2 秒内没有应答.*within 0.2 s/],
    ['half an answer', (r: ServerResponse) => r.destroy(), /中途断开.*broke .*may have arrived/],
  ] as const)(
    'that meets %s is a failure with a sentence, and a trouble until the channel works again',
    async (what, answer, words) => {
      let well = false;
      const { url } = await receiver((response) => (well ? response.writeHead(200).end() : answer(response)));
      // Only silence may run into the limit; on a busy machine every other answer takes its time.
      const { all, send, troubles } = channels(url, what === 'silence' ? 200 : PATIENCE_MS);
      const verdict = await send();
      const failure = verdict.is === 'told' ? '' : bothLanguages(verdict.why);
      expect(failure).toMatch(words);
      expect(`${failure} ${JSON.stringify([...troubles])}`).not.toContain('hidden');
      expect(troubles.get('channel:duty')).toMatchObject({
        zh: expect.any(String),
        en: expect.stringMatching(/channel duty/),
      });
      well = true;
      all.use({ channels: [{ id: 'duty', protocol: 'webhook', url, secret, timeoutMs: PATIENCE_MS }], contacts: {} });
      await send();
      expect(troubles.get('channel:duty')).toBeUndefined();
    },
  );

  test('of a silent call for help that fails is a trouble on no screen', async () => {
    const { send, troubles } = channels(await nobody());
    expect(await send({ alarm: { ...alarm(), covert: true } })).toMatchObject({ is: 'refused' });
    expect([...troubles]).toEqual([]);
  });

  test('is taken when the answer says so, and an answer without end is not read', async () => {
    const closed = Promise.withResolvers<void>();
    const { url } = await receiver((response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', more).on('close', closed.resolve).writeHead(200);
      more();
    });
    await channels(url).send();
    await closed.promise;
  });

  test.each([
    ['a robot that says errcode 0', undefined, '{"errcode":0,"errmsg":"ok"}', true],
    ['a robot that says errcode 40058', undefined, '{"errcode":40058,"errmsg":"exceed max length"}', /答复 40058/],
    ['a robot whose limit is reached', undefined, '{"errcode":45009}', /答复 45009.*发得太快/],
    ['a receiver with words of its own', undefined, 'thank you', true],
    ['one that says code 0, as was agreed', { field: 'code', is: 0 }, '{"code":0,"msg":"success"}', true],
    ['one that says code 19021, as was agreed', { field: 'code', is: 0 }, '{"code":19021}', /答复 19021/],
    ['one that says so deeper', { field: 'data.state', is: 'sent' }, '{"data":{"state":"sent"}}', true],
    ['a page in HTML where a code was agreed upon', { field: 'code', is: 0 }, '<html>code 0</html>', /答复 —/],
  ] as const)('answered by %s is told or not by the text', async (_, okWhen, text, expected) => {
    const { url } = await receiver((response) => response.writeHead(200).end(text));
    const { all, send } = channels(url);
    all.use({
      channels: [{ id: 'duty', protocol: 'webhook', url, secret, timeoutMs: PATIENCE_MS, ...(okWhen && { okWhen }) }],
      contacts: {},
    });
    const verdict = await send();
    const said = verdict.is === 'told' ? true : verdict.why.zh;
    if (expected === true) expect(said).toBe(true);
    else expect(said).toMatch(expected);
  });

  test('to a receiver that is not there, or a channel the configuration no longer has, is a failure with a sentence', async () => {
    const { all, send, troubles } = channels(await nobody());
    expect(await send()).toEqual({
      is: 'refused',
      code: 'ECONNREFUSED',
      why: { zh: expect.stringMatching(/连接不上/), en: expect.stringMatching(/cannot be reached/) },
    });
    all.use({ channels: [], contacts: {} });
    expect(troubles.get('channel:duty')).toBeUndefined();
    expect(await send()).toMatchObject({ is: 'refused', why: { en: 'the configuration has no channel duty' } });
  });
});

describe('the text of a message', () => {
  const now = raisedAt + 65_000;
  const told = (one: Alarm, others: readonly Alarm[] = []) => messageOf(site, { alarm: one, others, level: 2 }, now);

  test('says in a flood how many others wait', () => {
    const message = messageOf(site, { alarm: alarm(), others: [], level: 2, waiting: 23 }, now);
    expect(message.waiting).toBe(23);
    expect(message.text.zh).toContain('报警泛滥，另有 23 条待确认');
    expect(message.text.en).toContain('flood of alarms: 23 more wait');
    expect(told(alarm())).not.toHaveProperty('waiting');
  });

  test('is enough by itself: urgency, place, kind, time, that nobody answers and nobody was sent', () => {
    expect(told(alarm()).text.zh.split('\n')).toEqual([
      '【P1 紧急】1区 东墙 攀爬 ×2',
      '11-23 22:00:00 触发，已 65 秒无人确认',
      '还没有派人',
      '先做：看画面：有人吗？',
      '试验小学 报警号 1',
    ]);
    expect(told(alarm()).text.en.split('\n')).toEqual([
      '[P1 URGENT] Z1 东墙 CLIMB ×2',
      'raised 11-23 22:00:00, not acknowledged for 65 s',
      'nobody was sent yet',
      'first: 看画面：有人吗？',
      '试验小学, alarm 1',
    ]);
  });

  test('names who was sent and how far he is', () => {
    const sent = { kind: 'dispatched', alarm: 1, by: 'wang', to: 'li', seq: 3, at: raisedAt + 5_000 } as const;
    const line = (...more: Parameters<typeof alarm>) => told(alarm(...more)).text.zh.split('\n')[2];
    expect(line(sent)).toBe('已派 李强（22:00:05），未接单');
    const accepted = { kind: 'accepted', alarm: 1, by: 'li', seq: 4, at: raisedAt + 9_000 } as const;
    expect(line(sent, accepted)).toBe('已派 李强（22:00:05），已接单');
    const arrived = { kind: 'arrived', alarm: 1, by: 'li', how: 'scan', seq: 5, at: raisedAt + 60_000 } as const;
    expect(line(sent, accepted, arrived)).toBe('已派 李强，22:01:00 到场');
    expect(told(alarm(sent))).toMatchObject({ sent: '李强', arrived: false });
  });

  test('names the others of the same incident, up to so many that it is still read', () => {
    const beside = (id: number): Alarm => ({ ...alarm(), id, zone: 'z2', kind: 'pull' });
    const also = (count: number) =>
      told(
        alarm(),
        Array.from({ length: count }, (_, i) => beside(10 + i)),
      ).text.zh.split('\n')[4];
    expect(also(2)).toBe('同一事件另有 2 条：2区 西墙 拉紧、2区 西墙 拉紧');
    expect(also(9)).toMatch(/^同一事件另有 9 条：(2区 西墙 拉紧、){4}2区 西墙 拉紧等$/);
  });

  test('counts no less than until it was owed, though a clock was set back meanwhile', () => {
    const escalated = {
      kind: 'escalated',
      alarm: 1,
      level: 2,
      roles: [],
      channels: [],
      why: 'unacknowledged',
    } as const;
    const late = alarm({ ...escalated, seq: 3, at: now });
    const { text } = messageOf(site, { alarm: late, others: [], level: 2 }, now - 3_600_000);
    expect(text.zh).toContain('已 65 秒无人确认');
  });

  test('says when no wall has shown the alarm', () => {
    const dark = {
      kind: 'escalated',
      alarm: 1,
      level: 1,
      roles: [],
      channels: [],
      why: 'not-displayed',
      seq: 3,
      at: now,
    } as const;
    expect(told(alarm(dark)).text.zh).toContain('大屏没有显示这条报警');
  });
});
