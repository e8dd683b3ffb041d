/**
 * Supervision with drivers of a few lines and a clock the test turns: what breaks is said for every device and started
 * again, ever more slowly; what has ended is not heard any more; and no driver can hold up a stop.
 */
import { describe, expect, test } from 'vitest';
import type { Input } from '../../src/core/types.ts';
import type { Line, LineDevice } from '../../src/drivers/line.ts';
import { Supervised } from '../../src/drivers/supervise.ts';
import { WordedError } from '../../src/words/worded-error.ts';
import { bothLanguages, untranslated } from '../../src/words/words.ts';
import type { World } from '../../src/world/world.ts';

/** A world whose time passes only when the test says so. */
function turned() {
  let at = 0;
  const asleep = new Set<{ until: number; wake: () => void }>();
  const settle = async () => {
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };
  const world: World = {
    now: () => 1_000_000 + at,
    elapsed: () => at,
    random: () => 0.5,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const one = { until: at + ms, wake: resolve };
        asleep.add(one);
        signal?.addEventListener('abort', () => {
          asleep.delete(one);
          reject(signal.reason);
        });
      }),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  };
  const pass = async (ms: number) => {
    at += ms;
    for (const one of asleep) {
      if (one.until > at) continue;
      asleep.delete(one);
      one.wake();
    }
    await settle();
  };
  return { world, pass, settle };
}

async function supervise(driver: (line: Line) => Promise<void>) {
  const { world, pass, settle } = turned();
  const inputs: Input[] = [];
  const troubles = new Map<string, string>();
  const devices = ['a', 'b'].map((id) => ({ id }) as LineDevice);
  const started: number[] = [];
  const lines: Line[] = [];
  const run = new Supervised(
    { id: 'bus', protocol: 'test', options: {}, devices },
    async (line) => {
      started.push(world.elapsed());
      lines.push(line);
      await driver(line);
    },
    {
      offer: async (input) => void inputs.push(input),
      drop: () => undefined,
      picture: () => undefined,
      trouble: (part, why) => void (why ? troubles.set(part, `${why.zh} | ${why.en}`) : troubles.delete(part)),
      forget: (part) => void troubles.delete(part),
    },
    world,
  );
  await settle();
  const links = () =>
    inputs.flatMap((one) =>
      one.kind === 'link' ? [`${one.device} ${one.up ? 'up' : 'down'}: ${bothLanguages(one.why)}`] : [],
    );
  return { run, world, pass, settle, inputs, links, troubles, started, lines };
}

const untilStopped = (line: Line): Promise<void> =>
  new Promise((resolve) => line.signal.addEventListener('abort', () => resolve(), { once: true }));

describe('a line that breaks', () => {
  const why = { zh: '拔掉了', en: 'unplugged / at the cabinet' };

  test('is said to be down for every device with its reason, and stands among the troubles in both languages', async () => {
    const { links, troubles, run } = await supervise(() => Promise.reject(new WordedError(why)));
    expect(links()).toEqual([`a down: ${bothLanguages(why)}`, `b down: ${bothLanguages(why)}`]);
    expect([...troubles]).toEqual([['line:bus', '线路 bus：拔掉了 | Line bus: unplugged / at the cabinet']]);
    expect(run.status).toMatchObject({ up: false, why });
    await run.stop();
    expect(troubles.size).toBe(0);
  });

  test('is started again after pauses that double from half a second to two', async () => {
    const { started, pass, run } = await supervise(() => Promise.reject(new WordedError(why)));
    for (const pause of [500, 1_000, 2_000, 2_000, 2_000]) {
      const before = started.length;
      await pass(pause - 1);
      expect(started).toHaveLength(before);
      await pass(1);
      expect(started).toHaveLength(before + 1);
    }
    await run.stop();
  });

  test('after it ran well for a minute is started again at once', async () => {
    let breakNow = (_why: Error): void => undefined;
    const { started, pass, settle, run } = await supervise(
      () =>
        new Promise((_resolve, reject) => {
          breakNow = reject;
        }),
    );
    for (let i = 0; i < 5; i++) {
      breakNow(new WordedError(why));
      await settle();
      await pass(30_000);
    }
    expect(started).toHaveLength(6);
    await pass(60_001);
    breakNow(new WordedError(why));
    await settle();
    await pass(500);
    expect(started).toHaveLength(7);
    breakNow(new WordedError(why));
    await run.stop();
  });

  test('also when it throws at once, or ends without being told to', async () => {
    const thrown = await supervise(() => {
      throw new Error('no such port');
    });
    expect(thrown.links()).toEqual(['a down: no such port', 'b down: no such port']);
    const over = await supervise(async () => undefined);
    expect(over.links()[0]).toContain('the line ended by itself');
    await Promise.all([thrown.run.stop(), over.run.stop()]);
  });

  test('is no longer a trouble when it reports, nor is what its earlier run complained of', async () => {
    let run = 0;
    const {
      troubles,
      pass,
      settle,
      lines,
      run: line,
    } = await supervise(async (one) => {
      run += 1;
      if (run > 1) return await untilStopped(one);
      one.trouble('password a', { zh: '密码错', en: 'wrong password' });
      throw new WordedError(why);
    });
    expect([...troubles.keys()]).toEqual(['line:bus:password a', 'line:bus']);
    await pass(500);
    expect(troubles.size).toBe(2);
    await lines[1]!.report({ device: 'a', values: [] });
    await settle();
    expect([...troubles.keys()]).toEqual([]);
    expect(line.status).toMatchObject({ up: true });
    await line.stop();
  });
});

describe('a line nobody has been heard on', () => {
  test('is well once its wire works, and what broke it before is no trouble any more', async () => {
    let broken = false;
    const { run, pass, troubles } = await supervise((line) => {
      if (broken) line.ready({ zh: '等候设备', en: 'listens' });
      else {
        broken = true;
        return Promise.reject(new Error('the port is taken'));
      }
      return untilStopped(line);
    });
    expect([...troubles.keys()]).toEqual(['line:bus']);
    await pass(500);
    expect(run.status).toMatchObject({ up: true, why: { zh: '等候设备', en: 'listens' } });
    expect([...troubles]).toEqual([]);
    await run.stop();
  });

  test('says why nobody answers, and not that it is starting', async () => {
    const { run } = await supervise((line) => {
      line.link('a', false, { zh: '没有应答', en: 'unit 1 did not answer' });
      return untilStopped(line);
    });
    expect(run.status).toMatchObject({ up: false, why: { zh: '没有应答', en: 'unit 1 did not answer' } });
    await run.stop();
  });
});

describe('a line that was stopped', () => {
  test('is waited for until it let go of its wire', async () => {
    let letGo = (): void => undefined;
    const { run, settle } = await supervise(
      () =>
        new Promise((resolve) => {
          letGo = resolve;
        }),
    );
    let stopped = false;
    const stopping = run.stop().then(() => {
      stopped = true;
    });
    await settle();
    expect(stopped).toBe(false);
    letGo();
    await stopping;
  });

  test('is left behind after five seconds when its driver does not listen', async () => {
    const { run, pass, troubles, lines } = await supervise(() => new Promise(() => undefined));
    lines[0]!.trouble('odd', { zh: '怪', en: 'odd' });
    const stopping = run.stop();
    await pass(5_000);
    await stopping;
    expect(troubles.size).toBe(0);
  });

  test('is not heard any more, nor is a run that has broken', async () => {
    let broken = false;
    const { run, lines, inputs, troubles, pass } = await supervise((line) => {
      if (broken) return untilStopped(line);
      broken = true;
      return Promise.reject(new Error('cut'));
    });
    await pass(500);
    const said = inputs.length;
    const speak = async (line: Line) => {
      line.link('a', true, untranslated('late'));
      line.trouble('late', { zh: '晚', en: 'late' });
      line.offer({ snapshot: async () => new Uint8Array() });
      await expect(line.report({ device: 'a', values: [['climb', true]] })).rejects.toThrow('has stopped');
    };
    await speak(lines[0]!);
    await expect(run.snapshot('a')).rejects.toThrow('line bus cannot do this now: cut');
    await run.stop();
    await speak(lines[1]!);
    expect(inputs).toHaveLength(said);
    expect([...troubles.keys()]).toEqual([]);
  });
});
