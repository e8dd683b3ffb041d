/**
 * A tension-fence host of two zones with six wires each, on Modbus.
 * No maker has published such a map, so this one is Gatehouse's own; its units, alarm word and settings follow a common
 * STM32 host (XC-100WS). It must not be taken for the map of any product: an integrator fits it to the host at hand.
 */
import { profile } from '../src/profile/profile.ts';

/** The host counts in 0.1 kgf; 1 kgf = 9.80665 N. */
const NEWTON_PER_COUNT = 0.980665;
/** A sensor that is torn off or shorted reads full scale. */
const NO_SENSOR = 65535;
const SETTING_POLL_MS = 10_000;

/**
 * `pole`: somebody climbs the control pole itself, which no wire feels. Hosts of the 14-channel family with a 10-bit converter
 * have such a channel (left wires, right wires and the pole); the XC-100WS has none and leaves both bits 0. The pole stands
 * between the two zones: a host that has it sets both, and whichever zone is armed alarms.
 */
const zones = [
  { key: 'a', channel: 'A', pull: 0, cut: 1, slack: 8, pole: 10, first: 0, arm: 0 },
  { key: 'b', channel: 'B', pull: 2, cut: 3, slack: 9, pole: 11, first: 6, arm: 2 },
] as const;
const wires = [1, 2, 3, 4, 5, 6] as const;
/** Blocks of twelve input registers, A1–A6 then B1–B6. */
const quantities = [
  // Four a second: the gateway's own detection tells a climber by how his body moves, one to two times a second.
  { key: 'tension', at: 0, pollMs: 250, deadband: 1, zh: '张力', en: 'tension' },
  { key: 'base', at: 12, pollMs: SETTING_POLL_MS, deadband: 1, zh: '基准张力', en: 'base tension' },
  { key: 'low', at: 50, pollMs: SETTING_POLL_MS, deadband: 1, zh: '报警下限', en: 'low limit' },
  { key: 'high', at: 62, pollMs: SETTING_POLL_MS, deadband: 1, zh: '报警上限', en: 'high limit' },
] as const;

const ALARM_WORD = 40;
const STATUS_WORD = 41;

const measured = zones.flatMap((zone) =>
  quantities.flatMap((quantity) =>
    wires.map((wire) => ({
      point: {
        key: `${zone.key}${wire}_${quantity.key}`,
        title: {
          zh: `${zone.channel}区${wire}线${quantity.zh}`,
          en: `Zone ${zone.channel} wire ${wire} ${quantity.en}`,
        },
        keep: 'gauge',
        type: 'number',
        unit: 'N',
        ...(quantity.key === 'tension' && { quantity: 'tension' as const }),
        deadband: quantity.deadband,
        channel: zone.channel,
      } as const,
      register: {
        table: 'input',
        address: quantity.at + zone.first + wire - 1,
        scale: NEWTON_PER_COUNT,
        fault: NO_SENSOR,
        pollMs: quantity.pollMs,
      } as const,
    })),
  ),
);

const alarms = zones.flatMap(
  (zone) =>
    [
      {
        key: `${zone.key}_pull`,
        bit: zone.pull,
        title: { zh: `${zone.channel}区拉紧`, en: `Zone ${zone.channel} pulled` },
        rule: { kind: 'pull', priority: 1, when: { is: true } },
        channel: zone.channel,
      },
      {
        key: `${zone.key}_cut`,
        bit: zone.cut,
        title: { zh: `${zone.channel}区断线`, en: `Zone ${zone.channel} wire cut` },
        rule: { kind: 'cut', priority: 1, when: { is: true } },
        channel: zone.channel,
      },
      {
        key: `${zone.key}_slack`,
        bit: zone.slack,
        title: { zh: `${zone.channel}区松弛`, en: `Zone ${zone.channel} slack` },
        rule: { kind: 'slack', priority: 2, when: { is: true } },
        channel: zone.channel,
      },
      {
        key: `${zone.key}_pole`,
        bit: zone.pole,
        title: { zh: `${zone.channel}区控制杆攀爬`, en: `Zone ${zone.channel} control pole climbed` },
        rule: { kind: 'climb', priority: 1, when: { is: true } },
        channel: zone.channel,
      },
    ] as const,
);

const commands = zones.flatMap(
  (zone) =>
    [
      { key: `${zone.key}_arm`, at: zone.arm, zh: `${zone.channel}区布防`, en: `Arm zone ${zone.channel}` },
      { key: `${zone.key}_disarm`, at: zone.arm + 1, zh: `${zone.channel}区撤防`, en: `Disarm zone ${zone.channel}` },
    ] as const,
);
/** Momentary coils: the host takes a written 1 as the command and lets the coil fall again; reading them says nothing. */
const momentary = [
  ...commands,
  { key: 'reset', at: 4, zh: '复位', en: 'Reset' },
  { key: 'test', at: 5, zh: '测试', en: 'Test' },
] as const;

const settings = [
  { key: 'pull_margin', at: 2, unit: 'N', scale: NEWTON_PER_COUNT, zh: '拉紧报警差值', en: 'Pull margin over base' },
  { key: 'slack_margin', at: 3, unit: 'N', scale: NEWTON_PER_COUNT, zh: '松弛报警差值', en: 'Slack margin below base' },
  { key: 'confirm_time', at: 4, unit: 's', scale: 0.1, zh: '报警确认时间', en: 'Confirmation time' },
  { key: 'siren_time', at: 5, unit: 's', scale: 1, zh: '警号时间', en: 'Siren time' },
] as const;

/** What makes the host watch less: disarming it, and margins and times by which it overlooks more. */
const blinding: ReadonlySet<string> = new Set(['a_disarm', 'b_disarm', 'pull_margin', 'slack_margin', 'confirm_time']);

export default profile({
  id: 'tension-host-modbus',
  vendor: 'Gatehouse',
  model: 'Two-zone tension host, Gatehouse map',
  family: 'fence',
  title: { zh: '双防区张力围栏主机（Modbus）', en: 'Two-zone tension fence host (Modbus)' },
  source:
    'Gatehouse’s own register map, not any maker’s: no published Modbus map of a tension host is known. Units, alarm ' +
    'word and settings follow the firmware of a common two-zone host (0.1 kgf per count); the control pole is a channel of ' +
    'another family, left 0 by a host without one.',
  staleMs: 5000,
  commsPriority: 2,
  points: [
    ...alarms.map(({ key, title, channel, rule }) => ({
      key,
      title,
      channel,
      keep: 'state' as const,
      type: 'boolean' as const,
      alarm: rule,
    })),
    {
      key: 'tamper',
      title: { zh: '主机防拆', en: 'Host tampered with' },
      keep: 'state',
      type: 'boolean',
      alarm: { kind: 'tamper', priority: 2, when: { is: true }, always: true },
    },
    {
      key: 'mains_lost',
      title: { zh: '主机市电中断', en: 'Host on battery' },
      keep: 'state',
      type: 'boolean',
      alarm: { kind: 'power', priority: 2, when: { is: true }, always: true },
    },
    ...zones.map(({ key, channel }) => ({
      key: `${key}_armed`,
      title: { zh: `${channel}区主机布防`, en: `Zone ${channel} armed at the host` },
      keep: 'state' as const,
      type: 'boolean' as const,
      channel,
    })),
    ...momentary.map(({ key, zh, en }) => ({
      key,
      title: { zh, en },
      keep: 'state' as const,
      type: 'boolean' as const,
      writable: true,
      ...(blinding.has(key) && { takesWatch: true }),
    })),
    { key: 'siren', title: { zh: '警号继电器', en: 'Siren relay' }, keep: 'state', type: 'boolean', writable: true },
    ...settings.map(({ key, unit, zh, en }) => ({
      key,
      title: { zh, en },
      keep: 'state' as const,
      type: 'number' as const,
      unit,
      writable: true,
      ...(blinding.has(key) && { takesWatch: true }),
    })),
    ...measured.map(({ point }) => point),
  ],
  wire: {
    protocol: 'modbus',
    registers: {
      ...Object.fromEntries(
        alarms.map(({ key, bit }) => [key, { table: 'input', address: ALARM_WORD, bit, pollMs: 250 } as const]),
      ),
      tamper: { table: 'input', address: ALARM_WORD, bit: 4, pollMs: 250 },
      a_armed: { table: 'input', address: STATUS_WORD, bit: 0, pollMs: 250 },
      b_armed: { table: 'input', address: STATUS_WORD, bit: 1, pollMs: 250 },
      mains_lost: { table: 'input', address: STATUS_WORD, bit: 2, pollMs: 250 },
      ...Object.fromEntries(momentary.map(({ key, at }) => [key, { table: 'coil', address: at, pollMs: 0 } as const])),
      siren: { table: 'coil', address: 6, pollMs: 1000 },
      ...Object.fromEntries(
        settings.map(({ key, at, scale }) => [
          key,
          { table: 'holding', address: at, scale, pollMs: SETTING_POLL_MS } as const,
        ]),
      ),
      ...Object.fromEntries(measured.map(({ point, register }) => [point.key, register])),
    },
  },
});
