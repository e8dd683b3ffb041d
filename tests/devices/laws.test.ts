/**
 * Every device model in `devices/` is true, and the laws that say so catch a model that is not.
 */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PointSpec } from '../../src/core/types.ts';
import type { ModbusWire, MqttWire, OnvifWire, Profile } from '../../src/profile/profile.ts';
import { CatalogError, loadCatalog } from '../../src/site/device-catalog.ts';
import { faultsOf } from '../../src/site/profile-laws.ts';
import { camera, fence, reader } from '../config/models.ts';

const folder = fileURLToPath(new URL('../../devices', import.meta.url));
const files = (await readdir(folder)).filter((name) => name.endsWith('.ts'));

describe('each shipped model', () => {
  test.each(files)('%s breaks no law', async (name) => {
    const module = (await import(pathToFileURL(join(folder, name)).href)) as { default: unknown };
    expect(faultsOf(module.default, name.replace(/\.ts$/, ''))).toEqual([]);
  });

  test('is in the catalog under the name of its file', async () => {
    const catalog = await loadCatalog(folder);
    expect([...catalog.keys()]).toEqual(files.map((name) => name.replace(/\.ts$/, '')).sort());
  });
});

type Draft = { -readonly [K in keyof Profile]: Profile[K] };

/** The model with one point changed. */
function withPoint(model: Profile, key: string, change: Partial<PointSpec>): Profile {
  return { ...model, points: model.points.map((point) => (point.key === key ? { ...point, ...change } : point)) };
}
const withRegister = (key: string, change: object): Profile => {
  const wire = fence.wire as ModbusWire;
  const register = { ...wire.registers[key], ...change } as ModbusWire['registers'][string];
  return { ...fence, wire: { ...wire, registers: { ...wire.registers, [key]: register } } };
};
const withTopics = (change: Partial<MqttWire>): Profile => ({
  ...reader,
  wire: { ...(reader.wire as MqttWire), ...change },
});
const withEvent = (change: object): Profile => {
  const wire = camera.wire as OnvifWire;
  return { ...camera, wire: { ...wire, events: [{ ...wire.events[0]!, ...change }] } };
};
const without = (model: Profile, key: keyof Profile): unknown => {
  const { [key]: _, ...rest } = model as Draft;
  return rest;
};
const climb = { kind: 'climb', priority: 1 } as const;

describe('a model is refused', () => {
  test('never without a fault: the models these cases are made from are true', () => {
    for (const model of [fence, reader, camera]) expect(faultsOf(model, model.id)).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    ['that is no model at all', 'fence', 'the model: '],
    ['without a source', without(fence, 'source'), 'source: '],
    ['with a word in one language only', { ...fence, title: { zh: '围栏', en: '' } }, 'title.en: '],
    ['with a slip in a key', withRegister('a_climb', { adress: 4 }), 'Unrecognized key: "adress"'],
    ['whose silence would be a mere hint', { ...fence, commsPriority: 4 }, 'commsPriority: '],
    ['whose id is not its file name', { ...fence, id: 'other' }, 'the file is fence-modbus.ts'],
    ['whose key is not snake case', withPoint(fence, 'a_wire', { key: 'aWire' }), '"aWire" is not snake case'],
    ['with a key that time series cannot keep', withPoint(fence, 'a_wire', { key: 'time' }), 'cannot be stored'],
    ['with two points of one key', withPoint(fence, 'b_climb', { key: 'a_climb' }), '"a_climb" is used twice'],
    ['with a point nowhere on the wire', withTopics({ topics: [] }), 'point card is nowhere on the wire'],
    ['with a wire to no point', withEvent({ point: 'hidden' }), 'the wire speaks of "hidden"'],
    ['with an address past the end', withRegister('a_wire', { address: 65_536 }), 'wire.registers.a_wire.address: '],
    ['with a bit that a register does not have', withRegister('a_climb', { bit: 16 }), 'wire.registers.a_climb.bit: '],
    [
      'with a wide value past the last register',
      withRegister('a_wire', { address: 65_535, type: 'f32' }),
      'runs past the last address',
    ],
    ['with a bit of a coil', withRegister('siren', { bit: 1 }), 'one bit already'],
    ['with a truth read from a whole register', withRegister('a_climb', { bit: undefined }), 'gives a number'],
    ['with a number read from a bit', withRegister('a_wire', { bit: 3 }), 'gives a boolean'],
    ['with a scaled bit', withRegister('a_climb', { scale: 2 }), 'have no meaning'],
    ['with a scale of zero', withRegister('a_wire', { scale: 0 }), 'the scale of a_wire is 0'],
    ['with swapped halves of one register', withRegister('a_wire', { swap: true }), 'swap has no meaning'],
    ['with an output in a read-only table', withRegister('siren', { table: 'discrete' }), 'cannot be written'],
    ['with two points in one place', withRegister('b_climb', { bit: 0 }), 'share input 0 bit 0'],
    ['with an alarm that is never polled', withRegister('a_climb', { pollMs: 0 }), 'is never polled'],
    ['that is stale before it can be asked twice', { ...fence, staleMs: 1000 }, 'room for two polls'],
    [
      'with a gauge without a unit',
      withPoint(fence, 'a_wire', { unit: undefined as never }),
      'gauge a_wire has no unit',
    ],
    [
      'with a gauge that is no number',
      withPoint(fence, 'a_climb', { keep: 'gauge', unit: 'N' }),
      'gauge a_climb must be a number',
    ],
    ['with a deadband on a state', withPoint(fence, 'siren', { deadband: 1 }), 'siren is no gauge'],
    [
      'with an alarm on a value of another type',
      withPoint(fence, 'a_climb', { alarm: { ...climb, when: { is: 1 } } }),
      'waits for 1',
    ],
    [
      'with a limit on a truth',
      withPoint(fence, 'a_climb', { alarm: { ...climb, when: { above: 1 } } }),
      'compares numbers',
    ],
    [
      'that clears above its upper limit',
      withPoint(fence, 'a_wire', { alarm: { ...climb, when: { above: 5, clear: 6 } } }),
      'clears above its limit',
    ],
    [
      'that clears below its lower limit',
      withPoint(fence, 'a_wire', { alarm: { ...climb, when: { below: 5, clear: 4 } } }),
      'clears below its limit',
    ],
    [
      'whose gauge waits for one exact value',
      withPoint(fence, 'a_wire', { alarm: { ...climb, when: { is: 5 } } }),
      'needs a limit',
    ],
    [
      'whose tamper alarm can be disarmed',
      withPoint(fence, 'a_climb', { alarm: { kind: 'tamper', priority: 2, when: { is: true } } }),
      'always: true',
    ],
    [
      'that raises an alarm only the gateway finds',
      withPoint(fence, 'a_climb', { alarm: { kind: 'comms', priority: 2, when: { is: true } } }),
      'points.0.alarm.kind',
    ],
    ['whose scans are states', withPoint(reader, 'card', { keep: 'state' }), 'must be a pulse and a string'],
    ['that scans and is no reader', { ...reader, family: 'input' }, 'only a reader scans'],
    ['that reads nothing', withPoint(reader, 'card', { scan: false }), 'a reader needs a point with scan'],
    [
      'with a wildcard in a topic',
      withTopics({ topics: [{ name: 'a/+', points: { card: { field: 'card' } } }] }),
      'has a wildcard',
    ],
    [
      'with a status that says one thing',
      withTopics({ status: { name: 'status', online: 'x', offline: 'x' } }),
      'the same for online and offline',
    ],
    [
      'with a word that means another type',
      withTopics({ topics: [{ name: 'a', points: { card: { field: 'card', map: { x: 1 } } } }] }),
      '"x" is mapped to 1',
    ],
    [
      'that writes what is not writable',
      withTopics({ writes: { card: { name: 'set', field: 'card' } } }),
      'is not writable',
    ],
    ['with an output it cannot reach', withPoint(reader, 'card', { writable: true }), 'no way to write it'],
    ['with prefixes in an ONVIF topic', withEvent({ topic: 'tns1:VideoSource/Tampering' }), 'without prefixes'],
    ['with a state that no data item tells', withEvent({ item: undefined }), 'must be a pulse'],
  ])('%s', (_, model, said) => {
    const name = typeof model === 'object' ? ((model as Partial<Profile>).wire?.protocol ?? 'modbus') : 'modbus';
    const file = { modbus: 'fence-modbus', mqtt: 'reader-mqtt', onvif: 'camera-onvif', 'http-stream': 'camera-stream' }[
      name
    ];
    expect(faultsOf(model, file).join('\n')).toContain(said);
  });
});

describe('a catalog', () => {
  let place: string;
  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'gatehouse-models-'));
  });
  afterAll(() => rm(place, { recursive: true }));

  async function catalogOf(models: Record<string, string>): Promise<string[]> {
    const dir = await mkdtemp(join(place, 'case-'));
    for (const [name, text] of Object.entries(models)) await writeFile(join(dir, name), text);
    await mkdir(join(dir, 'notes'));
    return loadCatalog(dir).then(
      (catalog) => [...catalog.keys()],
      (error: CatalogError) => {
        expect(error).toBeInstanceOf(CatalogError);
        return error.faults.map((fault) => `${fault.file.slice(dir.length + 1)}: ${fault.message}`);
      },
    );
  }
  const source = (model: unknown) => `export default ${JSON.stringify(model)};`;

  test('holds each model of its folder', async () => {
    const found = await catalogOf({
      'fence-modbus.ts': source(fence),
      'reader-mqtt.ts': source(reader),
      'README.md': '',
    });
    expect(found).toEqual(['fence-modbus', 'reader-mqtt']);
  });

  test('says the faults of all its files at once', async () => {
    const faults = await catalogOf({
      'copy.ts': source(fence),
      'empty.ts': 'export const x = 1;',
      'fence-modbus.ts': source(fence),
      'reader-mqtt.ts': source({ ...reader, staleMs: 1, family: 'door' }),
      'slip.ts': 'export default {',
    });
    expect(faults).toEqual([
      'copy.ts: the id is "fence-modbus", but the file is copy.ts',
      'empty.ts: has no default export; write `export default profile({…})`',
      expect.stringContaining('reader-mqtt.ts: family: '),
      expect.stringContaining('reader-mqtt.ts: staleMs: '),
      expect.stringContaining('slip.ts: cannot be loaded: '),
    ]);
  });

  test('of a folder that is not there is refused with its name', async () => {
    await expect(loadCatalog(join(place, 'nowhere'))).rejects.toThrow(
      /nowhere: the folder of device models cannot be read \(ENOENT\)/,
    );
  });
});
