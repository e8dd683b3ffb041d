/** A maker's event stream through the real driver and supervisor: what is told arrives once, whatever goes wrong on the way. */
import { afterEach, describe, expect, test } from 'vitest';
import { fastWorld, type StreamRun, streamRun } from './stream-line.ts';

let run: StreamRun;
afterEach(async () => {
  await run?.stop();
});

const attached = async () => run.until('the stream is attached', () => run.cam.attached === 1 && run.line.status.up);
const masked = { hikvision: 'shelteralarm', dahua: 'VideoBlind' } as const;

describe.each(['hikvision', 'dahua'] as const)('a stream of %s', (maker) => {
  test('tells of a masked lens and that it is free again, and heartbeats are no news', async () => {
    run = await streamRun(maker, { wire: { holdMs: undefined } });
    await attached();
    run.cam.tell({ code: masked[maker], state: 'on' });
    await run.until('it is masked', () => run.told('canteen-1', 'masked').includes(true));
    run.cam.tell({ code: masked[maker], state: 'off' });
    await run.until('it is free', () => run.told('canteen-1', 'masked').at(-1) === false);
    const beats = run.links.length;
    await run.until('a heartbeat says that it is there', () => run.links.length > beats);
    const told = run.readings.filter(({ initial }) => !initial);
    expect(told.map(({ values }) => values)).toEqual([[['masked', true]], [['masked', false]]]);
    expect(run.drops).toEqual([]);
  });

  test('is one of a recorder: each channel is a device, and others are counted', async () => {
    run = await streamRun(maker, {
      devices: [
        { id: 'store', channel: 2 },
        { id: 'washing', channel: 4 },
      ],
    });
    await attached();
    for (const channel of [1, 2, 4]) run.cam.tell({ code: masked[maker], state: 'on', channel });
    await run.until('the last is told', () => run.told('washing', 'masked').length > 0);
    expect(run.told('store', 'masked')).toEqual([true]);
    expect(run.drops.map(({ reason }) => reason)).toEqual(['unknown-device']);
  });

  test('gives stills of a channel, and says where its video is', async () => {
    run = await streamRun(maker, { devices: [{ id: 'store', channel: 2 }] });
    await attached();
    const picture = await run.line.snapshot('store');
    expect([...picture.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    const wrong = JSON.stringify([...run.cam.asked]);
    expect(wrong).toMatch(maker === 'hikvision' ? /channels\/201\/picture/ : /snapshot\.cgi/);
  });

  test('that no event is lost of, though parts are cut, doubled, mismeasured and strange', async () => {
    run = await streamRun(maker, {
      sim: {
        seed: 7,
        faults: { doubled: 0.3, tooLong: 0.2, tooShort: 0.2, noLength: 0.2, strangers: 0.2, rubbish: 0.2, crumbs: 7 },
      },
      wire: { holdMs: undefined },
    });
    await attached();
    for (let i = 0; i < 40; i++) {
      run.cam.tell({ code: masked[maker], state: i % 2 === 0 ? 'on' : 'off', more: { serial: i } });
      const want = i % 2 === 0;
      await run.until(`event ${i} is told`, () => run.told('canteen-1', 'masked').at(-1) === want);
    }
    expect(run.cam.attached).toBe(1);
    expect(run.cam.asked.size).toBe(1);
  });

  test('goes on after parts that were cut, each of which is counted and shown', async () => {
    run = await streamRun(maker);
    await attached();
    run.cam.faults.truncated = 1;
    for (let i = 0; i < 5; i++) run.cam.tell({ code: 'x'.repeat(60), state: 'on' });
    await run.until('all are counted', () => run.drops.length >= 5);
    run.cam.faults.truncated = 0;
    run.cam.tell({ code: masked[maker], state: 'on' });
    await run.until('it is masked', () => run.told('canteen-1', 'masked').includes(true));
    expect(run.drops.every(({ reason }) => ['bad-payload', 'unknown-topic'].includes(reason))).toBe(true);
    expect(run.cam.attached).toBe(1);
  });

  test('passes over a part of 50 MB without keeping it', async () => {
    run = await streamRun(maker);
    await attached();
    await run.cam.huge(50_000_000);
    run.cam.tell({ code: masked[maker], state: 'on' });
    await run.until('it is masked', () => run.told('canteen-1', 'masked').includes(true));
    expect(run.drops.map(({ reason }) => reason)).toEqual(['too-large']);
    expect(run.cam.attached).toBe(1);
  });

  test('gives the picture that follows an event to the device of the event, and none that follows nothing', async () => {
    const devices = [
      { id: 'store', channel: 1 },
      { id: 'washing', channel: 2 },
    ];
    run = await streamRun(maker, { devices, sim: { faults: { heartbeatMs: [1e6, 1e6] } } });
    await attached();
    const picture = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 13, 10, 1, 2, 3]);
    run.cam.picture(picture);
    run.cam.tell({ code: masked[maker], state: 'on', channel: 2, picture });
    await run.until('the picture is there', () => run.pictures.length > 0);
    expect(run.pictures).toEqual([{ device: 'washing', jpeg: picture }]);
    const told = run.readings.filter(({ initial }) => !initial);
    expect(told.map(({ device, values }) => [device, values])).toEqual([['washing', [['masked', true]]]]);
    expect(run.drops.map(({ reason }) => reason)).toEqual(['bad-payload']);
  });

  test('that is silent is opened anew, and its attachment is given back', async () => {
    run = await streamRun(maker, { world: fastWorld(30) });
    await attached();
    run.cam.faults.mute = true;
    await run.until('silence is said', () =>
      run.links.some(({ up, why }) => !up && /not even a heartbeat/.test(why.en)),
    );
    run.cam.faults.mute = false;
    await run.until('it is heard again', () => run.links.at(-1)?.up === true);
    expect(run.cam.attached).toBe(1);
    expect(run.cam.refusals).toEqual([]);
  });
});

describe('a device that lets nobody attach', () => {
  test('for its attachments are all taken is named with the remedy, and heard as soon as one is free', async () => {
    run = await streamRun('dahua', { sim: { faults: { slots: 0 } } });
    await run.until('it is said', () => run.links.some(({ why }) => /every attachment is taken/.test(why.en)));
    expect(run.links.at(-1)?.why.zh).toMatch(/连接数已满/);
    run.cam.faults.slots = 1;
    await run.until('it is up', () => run.line.status.up);
  });

  test('for a wrong password is asked three times and then left alone', async () => {
    run = await streamRun('hikvision', { options: { password: 'wrong' }, world: fastWorld(20) });
    await run.until('the third refusal', () => run.cam.auth.refused >= 3);
    await run.until('the next try is said', () => [...run.troubles.values()].some(({ en }) => /3 tries/.test(en)));
    const asked = run.cam.asked.get('/ISAPI/Event/notification/alertStream')!;
    await run.until(
      'it is looked for meanwhile',
      () => run.cam.asked.get('/ISAPI/Event/notification/alertStream')! > asked + 3,
    );
    expect(run.cam.auth.refused).toBe(3);
    expect(JSON.stringify([...run.troubles.values(), ...run.links])).not.toContain('wrong');
  });

  test('is not refused for a nonce that is too old', async () => {
    run = await streamRun('hikvision', { sim: { faults: { stale: 2 } } });
    await attached();
    expect(run.cam.auth.refused).toBe(0);
    expect(run.troubles.size).toBe(0);
  });

  test.each([
    [404, /no such event stream/],
    [500, /turned the request down/],
  ])('with HTTP %i is said so', async (status, words) => {
    run = await streamRun('hikvision', { sim: { faults: { status } } });
    await run.until('it is said', () => run.links.some(({ why }) => words.test(why.en)));
  });

  test('whose answer is a page is no stream', async () => {
    run = await streamRun('hikvision', { sim: { faults: { contentType: 'text/html' } } });
    await run.until('it is said', () => run.links.some(({ why }) => /no event stream \(text\/html\)/.test(why.en)));
    await run.until('nothing stays attached', () => run.cam.attached <= 1);
  });
});

describe('what lasts', () => {
  test('is over when a maker that repeats it falls silent about it, and one repeated pulse is one', async () => {
    run = await streamRun('hikvision', { world: fastWorld(10) });
    await attached();
    for (let i = 0; i < 3; i++) {
      run.cam.tell({ code: 'shelteralarm', state: 'on' });
      run.cam.tell({ code: 'linedetection', state: 'on' });
    }
    await run.until('it is free', () => run.told('canteen-1', 'masked').at(-1) === false);
    expect(run.told('canteen-1', 'masked')[0]).toBe(true);
    expect(run.told('canteen-1', 'line_crossed')).toEqual([true]);
  });

  test('is ended by a stop that comes after the stream was cut and attached again', async () => {
    run = await streamRun('dahua');
    await attached();
    run.cam.tell({ code: 'VideoBlind', state: 'on' });
    await run.until('it is masked', () => run.told('canteen-1', 'masked').includes(true));
    run.cam.cut();
    await run.until('it is lost', () => run.links.some(({ up }) => !up));
    await attached();
    run.cam.tell({ code: 'VideoBlind', state: 'off' });
    await run.until('it is free', () => run.told('canteen-1', 'masked').at(-1) === false);
  });

  test('and whose end was lost with the connection is found so: over, or standing yet', async () => {
    run = await streamRun('dahua', {
      devices: [
        { id: 'store', channel: 1 },
        { id: 'washing', channel: 4 },
      ],
    });
    await attached();
    await run.until('it was asked', () => run.found('washing', 'masked').length > 0);
    for (const channel of [1, 4]) run.cam.tell({ code: 'VideoBlind', state: 'on', channel });
    await run.until('both are masked', () => run.told('washing', 'masked').includes(true));
    run.cam.faults.mute = true;
    run.cam.tell({ code: 'VideoBlind', state: 'off', channel: 4 });
    run.cam.faults.mute = false;
    run.cam.cut();
    await run.until('they were asked anew', () => run.found('washing', 'masked').length > 1);
    expect([run.found('store', 'masked'), run.found('washing', 'masked')]).toEqual([
      [false, true],
      [false, false],
    ]);
    expect(run.told('washing', 'masked')).toEqual([true]);
  });

  test('and whose end the device never told is found over while the stream stands', async () => {
    run = await streamRun('dahua', { world: fastWorld(60), sim: { faults: { heartbeatMs: [20, 60] } } });
    await attached();
    run.cam.faults.endsLost = 1;
    run.cam.tell({ code: 'VideoBlind', state: 'on' });
    await run.until('it is masked', () => run.told('canteen-1', 'masked').includes(true));
    run.cam.tell({ code: 'VideoBlind', state: 'off' });
    await run.until('it is found free', () => run.found('canteen-1', 'masked').at(-1) === false);
    expect(run.told('canteen-1', 'masked')).toEqual([true]);
  });

  test.each([['refused'], ['forbidden'], ['page']] as const)(
    'is not known after an outage where the device does not say what stands (%s), and the stream goes on',
    async (indexes) => {
      run = await streamRun('dahua', { sim: { faults: { indexes } } });
      await attached();
      run.cam.tell({ code: 'VideoAbnormalDetection', state: 'on' });
      await run.until('it has moved', () => run.told('canteen-1', 'scene_change').includes(true));
      run.cam.cut();
      await run.until('it is lost', () => run.links.some(({ up }) => !up));
      await attached();
      // The other event of the same point begins and ends: what was lost with the connection holds it no longer.
      run.cam.tell({ code: 'SceneChange', state: 'on' });
      run.cam.tell({ code: 'SceneChange', state: 'off' });
      await run.until('it is over', () => run.told('canteen-1', 'scene_change').at(-1) === false);
      expect(run.readings.filter(({ initial }) => initial)).toEqual([]);
      expect(run.troubles.size).toBe(0);
      expect(run.line.status.up).toBe(true);
    },
  );

  test('is found so also where the device says with an HTTP error that nothing stands', async () => {
    run = await streamRun('dahua', { sim: { faults: { indexes: 'told with 400' } } });
    await attached();
    await run.until('it is found free', () => run.found('canteen-1', 'masked').at(-1) === false);
  });

  test('as the stream told it counts, and not an answer that is older', async () => {
    run = await streamRun('dahua');
    await run.until('it was asked', () => run.found('canteen-1', 'masked').length === 1);
    run.cam.standing.set('VideoBlind', new Set([1]));
    run.cam.faults.holds = 'VideoBlind';
    run.cam.cut();
    await run.until('an answer is on its way', () => run.cam.late.length === 1);
    run.cam.tell({ code: 'VideoBlind', state: 'off' });
    await run.until('it is free', () => run.told('canteen-1', 'masked').at(-1) === false);
    run.cam.late.shift()?.();
    await run.until('the answer is taken', () => run.found('canteen-1', 'video_lost').length === 2);
    expect(run.found('canteen-1', 'masked')).toEqual([false]);
  });

  test('as a pulse that is told twice in a moment counts once', async () => {
    run = await streamRun('dahua');
    await attached();
    run.cam.faults.doubled = 1;
    run.cam.tell({ code: 'CrossLineDetection', state: 'pulse', more: { PTS: 42 } });
    run.cam.tell({ code: 'CrossLineDetection', state: 'pulse', more: { PTS: 43 } });
    await run.until('both are told', () => run.told('canteen-1', 'line_crossed').length >= 2);
    await run.until('their doubles are counted', () => run.drops.length >= 2);
    expect(run.told('canteen-1', 'line_crossed')).toEqual([true, true]);
    expect(run.drops.map(({ reason }) => reason)).toEqual(['duplicate', 'duplicate']);
  });
});
