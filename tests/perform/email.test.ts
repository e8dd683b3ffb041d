/**
 * E-mail against a real mail server on this machine that takes, refuses one or all, hangs at its greeting, or breaks off in the middle of a
 * mail.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { answer, mail, mailServer } from './mail-server.ts';
import { both, climbTold, cook, guard, head } from './told.ts';

const fromQuoted = (text: string) => {
  const bytes = text
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
};

/** A header of a mail, its folded lines joined and its words decoded. */
function header(text: string, name: string): string {
  const found = new RegExp(`^${name}: (.*(?:\r\n[ \t].*)*)`, 'mi').exec(text)?.[1] ?? '';
  const joined = found.replaceAll(/\r\n[ \t]/g, ' ').replaceAll(/\?=\s+=\?/g, '?==?');
  return joined.replaceAll(/=\?UTF-8\?(B|Q)\?([^?]*)\?=/gi, (_, how: string, coded: string) =>
    how.toUpperCase() === 'B' ? Buffer.from(coded, 'base64').toString() : fromQuoted(coded.replaceAll('_', ' ')),
  );
}

/** The texts of a mail, decoded. */
const bodies = (text: string) =>
  text.split('\r\n--').flatMap((part) => {
    const cut = part.indexOf('\r\n\r\n');
    const [head_, body] = [part.slice(0, cut), part.slice(cut + 4)];
    if (!/^Content-Type: text\//m.test(head_)) return [];
    return /base64/.test(head_) ? Buffer.from(body, 'base64').toString() : fromQuoted(body);
  });

test('a mail says all in its title, its text and beside its picture, to each in his language', async () => {
  const { taken, port } = await mailServer();
  const picture = new Uint8Array([0xff, 0xd8, 0xff, 0xe0]);
  expect(await mail(port, {}, { to: [guard, head], picture })).toEqual({ is: 'told' });
  expect(taken).toHaveLength(2);
  const zh = taken.find(({ to }) => to.includes(guard.email!))!;
  expect(zh.to).toEqual(['zhang@school.example']);
  expect(header(zh.text, 'Subject')).toBe('【P1 紧急】1区 东墙 攀爬');
  expect(header(zh.text, 'From')).toBe('试验小学 <gatehouse@school.example>');
  expect(header(zh.text, 'To')).toBe('张卫国 <zhang@school.example>');
  expect(header(zh.text, 'Importance')).toBe('High');
  expect(header(zh.text, 'Auto-Submitted')).toBe('auto-generated');
  expect(zh.text).toMatch(
    /multipart\/alternative[\s\S]*text\/plain[\s\S]*multipart\/related[\s\S]*text\/html[\s\S]*image\/jpeg/,
  );
  expect(zh.text).toContain('Content-ID: <picture>');
  const [plain, html] = bodies(zh.text);
  expect(plain).toBe(climbTold().text.zh);
  expect(html).toContain('试验小学 报警号 1</p><p><img src="cid:picture"');
  const en = taken.find(({ to }) => to.includes(head.email!))!;
  expect(header(en.text, 'Subject')).toBe('[P1 URGENT] Z1 East wall CLIMB');
});

test('the same message tried again has the same id, and another message another', async () => {
  const { taken, port } = await mailServer();
  await mail(port);
  await mail(port);
  await mail(port, {}, { delivery: 'notify/2/9/mail' });
  const ids = taken.map(({ text }) => header(text, 'Message-ID'));
  expect(ids[0]).toMatch(/^<[0-9a-f]{32}\.gatehouse@school\.example>$/);
  expect(ids[1]).toBe(ids[0]);
  expect(ids[2]).not.toBe(ids[0]);
});

test('of several persons the one whom the server refuses is named, and the others are told', async () => {
  const { taken, port } = await mailServer({ codes: { 'zhang@school.example': 550 } });
  const other = { ...guard, person: 'guard-liu', email: 'liu@school.example' };
  expect(await mail(port, {}, { to: [guard, other, cook] })).toEqual({
    is: 'told',
    unreached: [
      { person: 'guard-zhang', why: expect.objectContaining({ en: expect.stringContaining('550: there is no such') }) },
      { person: 'cook', why: expect.objectContaining({ en: expect.stringContaining('an e-mail address (email)') }) },
    ],
  });
  expect(taken.map(({ to }) => to)).toEqual([['liu@school.example']]);
});

test('a server that refuses everybody has not taken it', async () => {
  const { port } = await mailServer({ codes: { 'zhang@school.example': 550, 'li@school.example': 452 } });
  expect(await mail(port)).toMatchObject({ is: 'refused', code: '550' });
  expect(await mail(port, {}, { to: [guard, head] })).toMatchObject({ is: 'refused' });
  expect(await mail(port, {}, { to: [] })).toMatchObject({ is: 'refused', code: 'nobody' });
});

test.each([421, 451, 552, 554])('a mail that is answered with %i is refused', async (code) => {
  const { taken, port } = await mailServer({ data: () => answer(code) });
  expect(await mail(port)).toMatchObject({ is: 'refused', code: String(code) });
  expect(taken).toEqual([]);
});

test('a picture that makes the mail too large is left out', async () => {
  const picture = new Uint8Array(200_000);
  const small = await mailServer({ size: 100_000 });
  expect(await mail(small.port, {}, { picture })).toEqual({ is: 'told' });
  expect(small.taken.map(({ text }) => text.includes('image/jpeg'))).toEqual([false]);
  const late = await mailServer({ hideSize: true, data: (text) => (text.length > 100_000 ? answer(552) : undefined) });
  expect(await mail(late.port, {}, { picture })).toEqual({ is: 'told' });
});

test('a wrong password is said with what to do about it, and is nowhere repeated', async () => {
  const { taken, port } = await mailServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, callback) =>
      username === 'u' && password === 'right' ? callback(null, { user: 'u' }) : callback(answer(535)),
  });
  expect(await mail(port, { user: 'u', secret: 'only-for-tests' })).toMatchObject({
    is: 'refused',
    code: '535',
    why: { zh: expect.stringContaining('授权码') },
  });
  expect(await mail(port)).toMatchObject({ is: 'refused', code: '530' });
  expect(taken).toEqual([]);
  expect(await mail(port, { user: 'u', secret: 'right' })).toEqual({ is: 'told' });
});

test('a server whose certificate is not to be trusted gets no word', async () => {
  const wrapped = await mailServer({ secure: true });
  expect(await mail(wrapped.port, { security: 'tls' })).toMatchObject({
    is: 'refused',
    code: expect.stringMatching(/CERT|SIGNED/),
    why: { en: expect.stringContaining('certificate') },
  });
  const upgraded = await mailServer({ disabledCommands: [] });
  expect(await mail(upgraded.port, { security: 'starttls' })).toMatchObject({ is: 'refused' });
  expect([...wrapped.taken, ...upgraded.taken]).toEqual([]);
});

test('a server that offers no encryption gets no word where it is asked for', async () => {
  const { taken, port } = await mailServer();
  expect(await mail(port, { security: 'starttls' })).toMatchObject({ is: 'refused' });
  expect(await mail(port, { security: 'tls' })).toMatchObject({
    is: 'refused',
    why: { en: expect.stringContaining('security') },
  });
  expect(taken).toEqual([]);
});

test('a file of ca that is not there is named', async () => {
  expect(await mail(1, { ca: '/nowhere/ca.pem' })).toMatchObject({
    is: 'refused',
    code: 'ENOENT',
    why: { en: expect.stringContaining('/nowhere/ca.pem') },
  });
});

/** A server of bare TCP, for what no mail server does. */
async function tcp(talk: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    talk(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return (server.address() as AddressInfo).port;
}

/** Speaks SMTP as far as `until`, and then does something else. */
const speaks =
  (until: 'EHLO' | 'MAIL' | 'RCPT' | 'DATA' | 'body', then: (socket: Socket) => void) => (socket: Socket) => {
    let inBody = false;
    socket.write('220 hello\r\n');
    socket.setEncoding('latin1').on('data', (text: string) => {
      if (inBody) return until === 'body' && then(socket);
      const verb = text.slice(0, 4);
      if (verb === until) return then(socket);
      inBody = verb === 'DATA';
      socket.write(inBody ? '354 go on\r\n' : '250 ok\r\n');
    });
  };

test('nobody listens there', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  expect(await mail(port)).toMatchObject({ is: 'refused', code: 'ECONNREFUSED' });
});

test('a server that hangs at its greeting, or before it takes the mail, has not got it', async () => {
  const late = Promise.withResolvers<void>();
  const hung = { sleep: () => late.promise };
  const port = await tcp(() => late.resolve());
  expect(await mail(port, {}, {}, hung)).toMatchObject({ is: 'refused', code: 'ETIMEDOUT' });
  for (const until of ['EHLO', 'MAIL', 'RCPT', 'DATA'] as const) {
    const stuck = Promise.withResolvers<void>();
    const at = await tcp(speaks(until, () => stuck.resolve()));
    expect(await mail(at, {}, {}, { sleep: () => stuck.promise })).toMatchObject({ is: 'refused', code: 'ETIMEDOUT' });
  }
});

test('a server that hangs after the mail may have it', async () => {
  const stuck = Promise.withResolvers<void>();
  const port = await tcp(speaks('body', () => stuck.resolve()));
  expect(await mail(port, {}, {}, { sleep: () => stuck.promise })).toMatchObject({ is: 'unknown' });
});

test('a server that breaks off before the mail has not got it, and one that breaks off in it may', async () => {
  for (const until of ['EHLO', 'MAIL', 'RCPT', 'DATA'] as const)
    expect(await mail(await tcp(speaks(until, (socket) => socket.destroy())))).toMatchObject({ is: 'refused' });
  expect(await mail(await tcp(speaks('body', (socket) => socket.destroy())))).toMatchObject({ is: 'unknown' });
});

test('a server that never ends its greeting is given up', async () => {
  const port = await tcp((socket) => {
    const more = () => {
      if (socket.write('x'.repeat(65_536))) setImmediate(more);
    };
    socket.on('drain', more);
    more();
  });
  expect(await mail(port)).toMatchObject({ is: 'refused' });
});

test('what a message says adds no header, no recipient and no file', async () => {
  const { taken, port } = await mailServer();
  const evil = '攀爬\r\nBcc: evil@elsewhere.example\r\n\r\n.\r\nMAIL FROM:<x@y>';
  const message = {
    ...climbTold(),
    title: both(evil, evil),
    school: both(evil, evil),
    text: both(`${evil}<img src="file:///etc/passwd"><script>`, evil),
    link: 'https://gate.example/?a="><script>',
  };
  await mail(port, {}, { message, to: [{ ...guard, name: evil }] });
  expect(taken.map(({ to }) => to)).toEqual([['zhang@school.example']]);
  const [head_] = taken[0]!.text.split('\r\n\r\n', 1);
  expect(head_).not.toMatch(/^Bcc:/im);
  const [plain, html] = bodies(taken[0]!.text);
  expect(plain).toContain('MAIL FROM:<x@y>');
  expect(html).not.toMatch(/<script|<img/);
});
