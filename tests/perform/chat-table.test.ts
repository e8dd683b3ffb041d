/**
 * The table in docs/channels.md, chat channel by fault: what stands there is what came out here.
 */
import { test } from 'vitest';
import type { Sending } from '../../src/perform/sending/channel.ts';
import { until } from '../patience.ts';
import { type ChatPeer, chatPeer, climb } from './chat-peer.ts';
import { isDocumented, shown } from './fault-table.ts';

const kinds = ['wecom-robot', 'wecom-app', 'dingtalk-robot', 'dingtalk-app', 'feishu-robot'] as const;
type Kind = (typeof kinds)[number];

/** One fault: how it comes about, and how the message is sent then. */
interface Fault {
  readonly named: string;
  spoil?(peer: ChatPeer): unknown;
  /** Settings of the channel that are wrong. */
  readonly wrong?: object;
  /** Of these kinds alone. */
  readonly only?: readonly Kind[];
  readonly sending?: Sending;
  /** So often before it is sent once more. */
  readonly before?: number;
  /** It is the first message, and meets the fault before there is a token or a connection. */
  readonly first?: true;
  /** Nobody waits. */
  readonly impatient?: true;
}

const picture = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);
const long = { zh: `攀爬\n${'围墙外侧有人攀爬\n'.repeat(2_000)}试验小学 报警号 1`, en: '' };
const signed: readonly Kind[] = ['dingtalk-robot', 'feishu-robot'];
const faults: readonly Fault[] = [
  { named: 'none' },
  {
    named: 'the key, or the secret of the application, is wrong',
    wrong: { hook: '00000000-0000', secret: 'wrong' },
    first: true,
  },
  { named: 'the signing secret is wrong', wrong: { secret: 'wrong' }, only: signed },
  {
    named: 'the clock is two hours off',
    spoil: ({ server }) => Object.assign(server.faults, { clockOffsetMs: 7_200_000 }),
  },
  { named: 'the text is too long', sending: { ...climb, message: { ...climb.message, text: long } } },
  { named: 'one message too many', before: 30 },
  {
    named: 'the picture is refused',
    spoil: ({ server }) => Object.assign(server.faults, { refuse: { code: 40_009, only: 'image' } }),
    only: ['wecom-robot', 'wecom-app'],
    sending: { ...climb, picture },
  },
  { named: '200 with 40008 inside', spoil: ({ server }) => Object.assign(server.faults, { refuse: { code: 40_008 } }) },
  {
    named: '200 with the sign-in page of a network',
    spoil: ({ server }) => Object.assign(server.faults, { page: true }),
  },
  { named: 'the page of a proxy, 502', spoil: ({ server }) => Object.assign(server.faults, { status: 502 }) },
  { named: 'a slow answer', spoil: ({ server }) => Object.assign(server.faults, { slowMs: 20 }) },
  { named: 'an answer that breaks off', spoil: ({ server }) => Object.assign(server.faults, { cut: true }) },
  {
    named: 'taken, and never answered',
    spoil: ({ server }) => Object.assign(server.faults, { hang: true }),
    impatient: true,
  },
  { named: 'nobody at that address', spoil: ({ server }) => server.stop(), first: true },
];

async function cell(kind: Kind, fault: Fault): Promise<string> {
  const { spoil, wrong = {}, only = kinds, sending = climb, before = 0, impatient } = fault;
  if (!only.includes(kind)) return '–';
  const peer = await chatPeer();
  const send = peer.channel(kind, wrong);
  // A token from before, so that the fault is met by the message.
  if (kind.endsWith('-app') && !fault.first) await send(sending, peer.world);
  for (let n = 0; n < before; n += 1) await send(sending, peer.world);
  await spoil?.(peer);
  const asked = peer.server.messages.length;
  const arrived = () => until('the message arrives', () => peer.server.messages.length > asked);
  const verdict = await send(sending, { ...peer.world, ...(impatient && { sleep: arrived }) });
  for (const message of peer.server.messages) await peer.group.expects((one) => one === message);
  return shown(verdict);
}

test('the table of chat channels and faults is what comes out', async () => {
  const rows: string[][] = [];
  for (const fault of faults) {
    const cells: string[] = [];
    for (const kind of kinds) cells.push(await cell(kind, fault));
    rows.push([fault.named, ...cells]);
  }
  await isDocumented(kinds, rows);
});
