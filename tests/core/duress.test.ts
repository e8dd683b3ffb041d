/**
 * The code under force: for everybody who may stand beside the operator nothing differs from an ordinary command; for those
 * who can help there is an alarm. The two stories are told once with the code and once without, and compared.
 */
import { describe, expect, test } from 'vitest';
import { owed } from '../../src/core/alarm/duties.ts';
import { encodeState } from '../../src/core/site/feed-codec.ts';
import { maySee, redact } from '../../src/core/site/sight-facts.ts';
import { redactState } from '../../src/core/site/sight-state.ts';
import type { Command, Event, Role } from '../../src/core/types.ts';
import { untranslated } from '../../src/words/words.ts';
import { at, site, YardStory } from './yard.ts';

const beside: readonly Role[] = ['operator', 'guard', 'integrator'];
const helpers: readonly Role[] = ['head', 'auditor', 'admin'];
const unset = { do: 'arm-area', area: 'yard', mode: 'disarmed' } as const;
const disarm = { do: 'arm-zone', zone: 'z1', mode: 'disarmed', reason: '巡查' } as const;
const refused = { do: 'arm-zone', zone: 'z3', mode: 'disarmed', reason: '巡查' } as const;

const told = (command: Command) => {
  const story = new YardStory(at(19));
  story.orders(command);
  return story;
};
const seen = (role: Role, events: readonly Event[]) =>
  events
    .filter((event) => maySee(role, event))
    .map((event) => {
      const { seq: _seq, ...rest } = redact(role, site, event);
      return rest;
    });
const stateFor = (role: Role, story: YardStory) => ({ ...redactState(role, site, encodeState(story.state)), seq: 0 });

describe.each([
  ['unsetting an area', unset, 'duress/yard'],
  ['disarming a zone', disarm, 'duress/z1'],
  ['a command that is refused', refused, 'duress/z3'],
  ['a command about nothing', { ...unset, area: '__proto__' }, 'duress/unknown'],
] as const)('under force, %s', (_what, command, key) => {
  const forced = told({ ...command, duress: true });

  test.each(beside)('looks to the %s like any other', (role) => {
    const plain = told(command);
    expect(seen(role, forced.events)).toEqual(seen(role, plain.events));
    expect(stateFor(role, forced)).toEqual(stateFor(role, plain));
    expect(JSON.stringify([seen(role, forced.events), stateFor(role, forced)])).not.toContain('duress');
  });

  test.each(helpers)('is an urgent alarm to the %s', (role) => {
    expect(seen(role, forced.events).at(-1)).toMatchObject({ kind: 'raised', key, priority: 1, covert: true });
    expect(stateFor(role, forced).alarms).toHaveLength(1);
  });

  test('is written down without the code', () => {
    expect(forced.events.filter((event) => JSON.stringify(event).includes('"duress":true'))).toEqual([]);
  });

  test('sounds no siren, takes no picture and is in no figure of the day', () => {
    const view = { state: forced.state, live: { gauges: new Map(), heard: new Map(), listeningSince: 0 } };
    expect(owed(site, view, forced.now).filter(({ do: what }) => what === 'write' || what === 'snapshot')).toEqual([]);
    expect(forced.state.today.raised).toBe(0);
    expect(forced.state.raises).toEqual([]);
  });
});

test('everything that is done about it stays among those who may know, also its picture and its messages', () => {
  const story = told({ ...unset, duress: true });
  const id = story.only('raised')[0]!.seq;
  const from = story.events.length;
  const head = { name: 'chen', role: 'head' } as const;
  story.orders({ do: 'acknowledge', alarm: id }, head);
  story.orders({ do: 'acknowledge', alarm: id }, { name: 'bureau', role: 'auditor' });
  story.tell({ kind: 'outcome', duty: `snapshot/${id}`, ok: false, why: untranslated('dark') });
  story.tell({ kind: 'outcome', duty: `notify/${id}/1/sms`, ok: false, why: untranslated('busy') });
  story.orders({ ...unset, duress: true });
  const after = story.events.slice(from);
  expect(after.length).toBeGreaterThan(4);
  expect(seen('operator', after).map(({ kind }) => kind)).toEqual([
    'area-armed',
    'zone-armed',
    'zone-armed',
    'zone-armed',
  ]);
  expect(JSON.stringify(stateFor('operator', story))).not.toMatch(/duress|snapshot|notify/);
});

test('a message about it that goes out as it is closed tells nobody either', () => {
  const story = told({ ...unset, duress: true });
  const id = story.only('raised')[0]!.seq;
  const head = { name: 'chen', role: 'head' } as const;
  story.orders({ do: 'acknowledge', alarm: id }, head);
  story.orders({ do: 'close', alarm: id, reason: 'A4' }, head);
  expect(story.state.alarms.size).toBe(0);
  const done = story.tell({ kind: 'outcome', duty: `notify/${id}/1/sms`, ok: true });
  expect(done).toHaveLength(1);
  expect(seen('operator', done)).toEqual([]);
});

test('whoever may not know of it is told that there is no such alarm, like for any number', () => {
  const story = told({ ...unset, duress: true });
  const id = story.only('raised')[0]!.seq;
  const answers = [id, 99_999].map((alarm) => seen('operator', story.orders({ do: 'acknowledge', alarm })));
  expect(answers[0]).toMatchObject([{ kind: 'refused', why: 'unknown-alarm' }]);
  expect(answers[1]).toMatchObject([{ kind: 'refused', why: 'unknown-alarm' }]);
});
