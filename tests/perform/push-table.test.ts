/**
 * The tables in docs/channels.md of what speaks HTTP and is no chat: webhook, pushes, horn, and SMS and calls by Alibaba Cloud. Each cell is a
 * message sent to a peer of ours that does just that.
 */
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { makeChannel } from '../../src/perform/channel-kinds.ts';
import type { Channel, Sending } from '../../src/perform/sending/channel.ts';
import { PATIENCE_MS, until } from '../patience.ts';
import { isDocumented, shown } from './fault-table.ts';
import { httpPeer, world } from './peer.ts';
import { climbTold, cook, guard, head } from './told.ts';

const timeoutMs = PATIENCE_MS;
const own = { id: 'duty', timeoutMs } as const;
const okWhen = { field: 'data.ok', is: true } as const;
const horn = { method: 'GET', file: '1', files: {}, auth: 'none', secret: undefined } as const;

/** A column: the channel, what its peer says when it took a message, and when its text says no. */
interface Column {
  readonly named: string;
  make(origin: string): Channel;
  readonly yes: string;
  readonly no?: readonly [status: number, text: string];
}

const pushes: readonly Column[] = [
  {
    named: 'webhook',
    make: (origin) => makeChannel({ ...own, protocol: 'webhook', url: `${origin}/babble`, secret: 'k' }),
    yes: '',
    no: [200, '{"errcode":93000,"errmsg":"babble"}'],
  },
  {
    named: 'webhook with okWhen',
    make: (origin) => makeChannel({ ...own, protocol: 'webhook', url: `${origin}/babble`, secret: 'k', okWhen }),
    yes: '{"data":{"ok":true}}',
    no: [200, '{"data":{"ok":false}}'],
  },
  {
    named: 'ntfy',
    make: (origin) =>
      makeChannel({ ...own, protocol: 'ntfy', server: origin, topic: 't', secret: undefined, language: 'zh' }),
    yes: '{"event":"message"}',
    no: [403, '{"code":40301,"error":"babble"}'],
  },
  {
    named: 'bark',
    make: (origin) => makeChannel({ ...own, protocol: 'bark', server: origin, secret: 'k', language: 'zh' }),
    yes: '{"code":200}',
    no: [400, '{"code":400,"message":"babble"}'],
  },
  {
    named: 'horn',
    make: (origin) => makeChannel({ ...own, ...horn, protocol: 'horn', url: `${origin}/play/{{file}}` }),
    yes: 'OK',
  },
  {
    named: 'horn with okWhen',
    make: (origin) => makeChannel({ ...own, ...horn, protocol: 'horn', url: `${origin}/play/{{file}}`, okWhen }),
    yes: '{"data":{"ok":true}}',
    no: [200, '{"data":{"ok":false}}'],
  },
];

const cloud = (origin: string) => ({ ...own, proxy: origin, keyId: 'LTAI5tExample', secret: 'k', most: 20 });
const variables = { place: 'place' } as const;
const aliyun: readonly Column[] = [
  {
    named: 'sms-aliyun',
    make: (origin) =>
      makeChannel({ ...cloud(origin), protocol: 'sms-aliyun', sign: '学校', template: 'SMS_1', variables }),
    yes: '{"Code":"OK","BizId":"1234^5"}',
    no: [200, '{"Code":"isv.AMOUNT_NOT_ENOUGH","Message":"babble"}'],
  },
  {
    named: 'voice-aliyun',
    make: (origin) =>
      makeChannel({ ...cloud(origin), protocol: 'voice-aliyun', template: 'TTS_1', times: 2, variables }),
    yes: '{"Code":"OK","CallId":"1234^5"}',
    no: [200, '{"Code":"isv.AMOUNT_NOT_ENOUGH","Message":"babble"}'],
  },
];

interface PeerFault {
  readonly named: string;
  /** What the peer does with a request. */
  readonly does: (response: ServerResponse, column: Column) => void;
  /** Nobody waits once it was asked. */
  readonly impatient?: true;
  readonly sending?: Partial<Sending>;
}

/** A part of an answer, and then nothing more. */
const half = (response: ServerResponse, text: string) => {
  response.writeHead(200, { 'content-length': text.length + 9 });
  response.write(`${text} `, () => response.destroy());
};
const page = '<html>babble: please sign in</html>';
const plainly =
  (status: number, text = page) =>
  (response: ServerResponse) =>
    void response.writeHead(status).end(text);
const code = (status: number, Code: string) => plainly(status, JSON.stringify({ Code, Message: 'babble' }));

const common: readonly PeerFault[] = [
  { named: 'none', does: (response, { yes }) => void response.end(yes) },
  { named: 'its text says no', does: (response, { no = [200, ''] }) => void response.writeHead(no[0]).end(no[1]) },
  { named: '200 with the sign-in page of a network', does: plainly(200) },
  { named: 'a redirect', does: (response) => void response.writeHead(302, { location: '/babble' }).end() },
  { named: 'the log-in is refused, 401', does: plainly(401) },
  { named: 'the page of a proxy, 502', does: plainly(502) },
  {
    named: 'too many, 429 with Retry-After',
    does: (response) => void response.writeHead(429, { 'retry-after': '7' }).end(page),
  },
  { named: 'an answer that breaks off', does: (response, { yes }) => half(response, yes) },
  { named: 'cut before any answer', does: (response) => void response.destroy() },
  { named: 'taken, and never answered', does: () => undefined, impatient: true },
];

async function peerCell(column: Column, { does, impatient, sending }: PeerFault): Promise<string> {
  const peer = await httpPeer((response) => does(response, column));
  const asked = () => until('the message arrives', () => peer.asked.length > 0);
  const message = { message: climbTold(), delivery: 'notify/1/9/duty', to: [guard], ...sending };
  return shown(await column.make(peer.origin)(message, { ...world, ...(impatient && { sleep: asked }) }));
}

/** What is no peer at all: a port nobody has, and one that speaks something else. */
async function strangers(columns: readonly Column[]): Promise<string[][]> {
  const rows: string[][] = [];
  for (const [named, talks] of [
    ['nobody at that address', false],
    ['it speaks no HTTP', true],
  ] as const) {
    const cells: string[] = [];
    for (const column of columns) {
      const server = createServer((socket) => {
        socket
          .on('error', () => undefined)
          .resume()
          .end('220 babble ESMTP\r\n');
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as { port: number };
      const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
      if (talks) onTestFinished(close);
      else await close();
      const sending = { message: climbTold(), delivery: 'notify/1/9/duty', to: [guard] };
      cells.push(shown(await column.make(`http://127.0.0.1:${port}`)(sending, world)));
    }
    rows.push([named, ...cells]);
  }
  return rows;
}

async function rowsOf(columns: readonly Column[], faults: readonly PeerFault[]): Promise<string[][]> {
  const rows: string[][] = [];
  for (const fault of faults) {
    const cells: string[] = [];
    for (const column of columns) {
      const isNone = fault.named === 'its text says no' && column.no === undefined;
      cells.push(isNone ? '–' : await peerCell(column, fault));
    }
    rows.push([fault.named, ...cells]);
  }
  return [...rows, ...(await strangers(columns))];
}

test('the table of webhook, pushes and horn is what comes out', async () => {
  await isDocumented(
    pushes.map(({ named }) => named),
    await rowsOf(pushes, common),
  );
});

/** The number of a request for one of two persons is the head's. */
const ofHead = (response: ServerResponse) => (response.req.url ?? '').includes('13900002222');

test('the table of SMS and calls by Alibaba Cloud is what comes out', async () => {
  const classes: readonly PeerFault[] = [
    { named: 'the signature or template is not approved', does: code(200, 'isv.SMS_TEMPLATE_ILLEGAL') },
    { named: 'the number will not do', does: code(200, 'isv.MOBILE_NUMBER_ILLEGAL') },
    { named: 'a value of the template will not do', does: code(200, 'isv.TEMPLATE_PARAMS_ILLEGAL') },
    { named: 'the AccessKey is wrong', does: code(404, 'InvalidAccessKeyId.NotFound') },
    { named: 'its secret is wrong', does: code(400, 'SignatureDoesNotMatch') },
    { named: 'the clock is 20 minutes off', does: code(400, 'InvalidTimeStamp.Expired') },
    { named: 'the AccessKey may not do that', does: code(403, 'isp.RAM_PERMISSION_DENY') },
    { named: 'an error of the vendor', does: code(200, 'isp.SYSTEM_ERROR') },
    { named: 'a code of the vendor that nobody knows here', does: code(200, 'isv.SOMETHING_NEW') },
    { named: 'a code of no shape of the vendor', does: code(200, 'babble 127.0.0.1') },
    { named: 'too many to this number', does: code(200, 'isv.BUSINESS_LIMIT_CONTROL') },
    { named: 'too many requests', does: code(503, 'Throttling.User') },
    {
      named: 'of two persons one number will not do',
      does: (response, { yes }) =>
        ofHead(response) ? code(200, 'isv.MOBILE_NUMBER_ILLEGAL')(response) : void response.end(yes),
      sending: { to: [guard, head] },
    },
    {
      named: 'of two persons one has no number',
      does: (response, { yes }) => void response.end(yes),
      sending: { to: [guard, cook] },
    },
    { named: 'nobody has a number', does: () => undefined, sending: { to: [cook] } },
  ];
  const rows = await rowsOf(aliyun, [...common, ...classes]);
  await isDocumented(
    aliyun.map(({ named }) => named),
    rows,
  );
  expect(rows.length).toBeGreaterThan(20);
});
