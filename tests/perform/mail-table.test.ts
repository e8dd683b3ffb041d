/**
 * The tables in docs/channels.md of e-mail and of SMS by a modem, each cell a message to a mail server, or to a spool with an smsd of ours, that
 * does just that.
 */
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, test } from 'vitest';
import { email } from '../../src/perform/email.ts';
import type { Recipient, Sending, Verdict } from '../../src/perform/sending/channel.ts';
import { smsModem } from '../../src/perform/sms-modem.ts';
import type { ChannelOptions } from '../../src/site/schema-channel.ts';
import { realWorld, type World } from '../../src/world/world.ts';
import { PATIENCE_MS } from '../patience.ts';
import { isDocumented, shown } from './fault-table.ts';
import { answer, mailServer } from './mail-server.ts';
import { climbTold, cook, guard, head } from './told.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const world = realWorld(quiet);
const sending = (to: readonly Recipient[], more: Partial<Sending> = {}): Sending => ({
  ...{ message: climbTold(), delivery: 'notify/1/9/duty', to, ...more },
});

/** A server of bare TCP that speaks SMTP as far as `until`, and then does something else. */
async function speaks(until: string, then: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (until === 'greeting') return then(socket);
    let inBody = false;
    socket.write('220 babble\r\n');
    socket.setEncoding('latin1').on('data', (text: string) => {
      if (inBody) return until === 'body' ? then(socket) : undefined;
      const verb = text.slice(0, 4);
      if (verb === until) return then(socket);
      inBody = verb === 'DATA';
      socket.write(inBody ? '354 go on\r\n' : '250 ok\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return (server.address() as { port: number }).port;
}

/** A port that nobody has. */
async function nobodysPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

interface MailCase {
  readonly port: number;
  readonly wrong?: Partial<ChannelOptions<'email'>>;
  readonly sending?: Sending;
  readonly around?: Partial<World>;
}

async function mailed({ port, wrong, sending: what = sending([guard]), around }: MailCase): Promise<string> {
  const send = email({
    ...{ id: 'duty', protocol: 'email', host: '127.0.0.1', port, security: 'none', secret: undefined },
    ...{ from: 'gatehouse@school.example', timeoutMs: PATIENCE_MS, ...wrong },
  });
  return shown(await send(what, { ...world, ...around }));
}

/** A server at which somebody hangs, and the moment in which nobody waits any longer. */
async function hangsAt(until: string): Promise<MailCase> {
  const stuck = Promise.withResolvers<void>();
  return { port: await speaks(until, () => stuck.resolve()), around: { sleep: () => stuck.promise } };
}
const cutAt = async (until: string): Promise<MailCase> => ({ port: await speaks(until, (socket) => socket.destroy()) });
const served = async (
  more: Parameters<typeof mailServer>[0] = {},
  rest: Omit<MailCase, 'port'> = {},
): Promise<MailCase> => ({ port: (await mailServer(more)).port, ...rest });

const login = {
  ...{ authOptional: false, allowInsecureAuth: true },
  onAuth: (_: unknown, __: unknown, callback: (error: Error) => void) => callback(answer(535)),
} as Parameters<typeof mailServer>[0];
const picture = new Uint8Array(200_000);

test('the table of e-mail is what comes out', async () => {
  const refused = { 'zhang@school.example': 550 };
  const cases: readonly (readonly [string, () => Promise<MailCase>])[] = [
    ['none', () => served()],
    ['the mailbox is refused', () => served({ codes: refused })],
    ['one of two mailboxes is refused', () => served({ codes: refused }, { sending: sending([guard, head]) })],
    ['one of two persons has no address', () => served({}, { sending: sending([guard, cook]) })],
    ['nobody has an address', () => served({}, { sending: sending([cook]) })],
    ['user or password is wrong', () => served(login, { wrong: { user: 'u', secret: 'wrong' } })],
    ['the server wants a log-in and there is none', () => served(login)],
    ['the mail is taken for spam', () => served({ data: () => answer(554) })],
    ['not now', () => served({ data: () => answer(421) })],
    ['the picture makes it too large', () => served({ size: 100_000 }, { sending: sending([guard], { picture }) })],
    ['its certificate has run out', () => served({ secure: true }, { wrong: { security: 'tls' } })],
    ['no encryption where it is asked for', () => served({}, { wrong: { security: 'starttls' } })],
    ['TLS is spoken to a port that speaks none', () => served({}, { wrong: { security: 'tls' } })],
    ['a file of `ca` that is not there', () => served({}, { wrong: { ca: '/nowhere/ca.pem' } })],
    ['it hangs at its greeting', () => hangsAt('greeting')],
    ['it hangs before it takes the mail', () => hangsAt('DATA')],
    ['it hangs after the mail', () => hangsAt('body')],
    ['cut before the mail', () => cutAt('RCPT')],
    ['cut in the midst of the mail', () => cutAt('body')],
    ['nobody at that address', async () => ({ port: await nobodysPort() })],
  ];
  const rows: string[][] = [];
  for (const [named, prepare] of cases) rows.push([named, await mailed(await prepare())]);
  await isDocumented(['email'], rows);
});

const folders = ['outgoing', 'checked', 'sent', 'failed'] as const;
const waiting = async (spool: string, folder: string) =>
  (await readdir(join(spool, folder))).filter((name) => !name.startsWith('.'));
const move = async (spool: string, from: string, to: string, added = '') => {
  for (const name of await waiting(spool, from)) {
    const path = join(spool, from, name);
    if (added) await writeFile(path, (await readFile(path, 'latin1')).replace('\n\n', `\n${added}\n\n`), 'latin1');
    await rename(path, join(spool, to, name));
  }
};

/** Sends by a spool whose smsd does this each time somebody waits. */
async function texted(
  smsd: (spool: string) => Promise<unknown>,
  { to = [guard], before }: { to?: readonly Recipient[]; before?: (spool: string) => Promise<unknown> } = {},
): Promise<Verdict> {
  const spool = await mkdtemp(join(tmpdir(), 'gatehouse-spool-'));
  onTestFinished(async () => await rm(spool, { recursive: true, force: true }));
  for (const folder of folders) await mkdir(join(spool, folder));
  await before?.(spool);
  let now = 0;
  const around = {
    elapsed: () => now,
    sleep: async (ms: number) => {
      now += ms;
      await smsd(spool);
    },
  };
  const send = smsModem({
    id: 'duty',
    protocol: 'sms-modem',
    secret: undefined,
    replies: false,
    spool,
    timeoutMs: 9_000,
  });
  return await send(sending(to), { ...world, ...around });
}

/** The name that the message has in the folder. */
async function nameInSpool(): Promise<string> {
  let name = '';
  await texted(async (spool) => {
    [name = name] = await waiting(spool, 'outgoing');
  });
  return name;
}

test('the table of SMS by a modem is what comes out', async () => {
  const sends = (spool: string) => move(spool, 'outgoing', 'sent');
  const fails = (reason: string) => (spool: string) => move(spool, 'outgoing', 'failed', reason);
  const nothing = async () => undefined;
  const name = await nameInSpool();
  const without = (folder: string) => (spool: string) => rm(join(spool, folder), { recursive: true });
  const cases: readonly (readonly [string, () => Promise<Verdict>])[] = [
    ['none', () => texted(sends)],
    ['the spool is gone', () => texted(sends, { before: without('.') })],
    ['smsd keeps no `sent`', () => texted(sends, { before: without('sent') })],
    [
      'a file stands where a folder should',
      () =>
        texted(sends, {
          before: async (spool) => {
            await without('failed')(spool);
            await writeFile(join(spool, 'failed'), '');
          },
        }),
    ],
    // Whoever writes to this device is told that there is no room.
    [
      'no disk left',
      () => texted(sends, { before: (spool) => symlink('/dev/full', join(spool, 'outgoing', `.${name}.part`)) }),
    ],
    ['nobody empties `outgoing`', () => texted(nothing)],
    ['smsd took it and says nothing of it', () => texted((spool) => move(spool, 'outgoing', 'checked'))],
    ['the modem failed, with its reason', () => texted(fails('Fail_reason: +CMS ERROR: 38'))],
    ['the modem failed, without one', () => texted(fails('Failed: 26-11-23 03:00:01'))],
    [
      'one sent before a crash, tried again',
      () => texted(nothing, { before: (spool) => writeFile(join(spool, 'sent', name), '') }),
    ],
    ['one of two persons has no number', () => texted(sends, { to: [guard, cook] })],
    ['nobody has a number', () => texted(sends, { to: [cook] })],
  ];
  const rows: string[][] = [];
  for (const [named, sent] of cases) rows.push([named, shown(await sent())]);
  await isDocumented(['sms-modem'], rows);
});
