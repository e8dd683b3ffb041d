/**
 * Debian's SIPp as a video platform: a SIP stack that is not ours receives, checks the digest and answers, and asks what platforms ask. It
 * listens on loopback and is ended by its process id; what it saw stands in its own log.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { onTestFinished } from 'vitest';
import { freePort } from '../../simulators/free-port.ts';
import { patiently } from '../patience.ts';
import { folderOf } from './place.ts';

export const platformId = '34020000002000000001';
export const ourId = '34020000001170000001';
export const password = 'platform-word';

const dtd = '<?xml version="1.0" encoding="ISO-8859-1" ?>\n<scenario name="platform">';
const back =
  '[last_Via:]\n[last_From:]\n[last_To:];tag=p[call_number]\n[last_Call-ID:]\n[last_CSeq:]\nContent-Length: 0';
const reply = (line: string, more = '') =>
  `<send><![CDATA[\nSIP/2.0 ${line}\n${more === '' ? '' : `${more}\n`}${back}\n\n]]></send>`;

/** Takes registrations by digest and answers messages. `take`: what is answered to those; `log`: to a registration by its digest. */
export const platform = ({
  take = '200 OK',
  date = '',
  log = '403 Forbidden',
}: {
  take?: string;
  date?: string;
  log?: string;
} = {}): string => `${dtd}
<recv request="MESSAGE" optional="true" next="1"/>
<recv request="REGISTER"/>
${reply('401 Unauthorized', 'WWW-Authenticate: Digest realm="3402000000",nonce="a1b2c3d4e5",algorithm=MD5,qop="auth"')}
<recv request="REGISTER"><action>
  <verifyauth assign_to="good" username="${ourId}" password="${password}"/>
</action></recv>
<nop test="good" next="2"/>
${reply(log)}
<nop next="3"/>
<label id="2"/>
${reply('200 OK', `Expires: 3600${date === '' ? '' : `\nDate: ${date}`}`)}
<recv request="REGISTER"/>
${reply('200 OK', 'Expires: 0')}
<nop next="3"/>
<label id="1"/>
${reply(take)}
<label id="3"/>
<timewait milliseconds="20000"/>
</scenario>`;

export interface Asking {
  readonly method: string;
  readonly code: number;
  readonly body?: string;
  readonly headers?: string;
  readonly from?: string;
  /** Waits for a NOTIFY in the dialog it began, and answers. */
  readonly notify?: boolean;
}

/** Asks once, and expects this answer. */
export const asks = ({ method, code, body = '', headers = '', from = platformId, notify }: Asking): string => `${dtd}
<send retrans="500"><![CDATA[
${method} sip:${ourId}@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:${from}@3402000000>;tag=[call_number]
To: <sip:${ourId}@3402000000>
Call-ID: [call_id]
CSeq: 1 ${method}
Contact: <sip:${from}@[local_ip]:[local_port]>
Max-Forwards: 70
${headers === '' ? '' : `${headers}\n`}Content-Type: Application/MANSCDP+xml
Content-Length: [len]

${body}
]]></send>
<recv response="${code}"/>
${notify ? `<recv request="NOTIFY"/><send><![CDATA[\nSIP/2.0 200 OK\n[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]\nContent-Length: 0\n\n]]></send>` : ''}
</scenario>`;

export interface Sipp {
  readonly port: number;
  /** All that went over its wire so far, bodies in GB18030. */
  log(): Promise<string>;
  /** How it ended; 0 where all went as the scenario has it. */
  ended(): Promise<number | null>;
  stop(): Promise<void>;
}

/** A UDP port nobody has at the moment. */
export async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}

/** Runs a scenario. `to`: the port it asks; without it, it waits to be asked. */
export async function sipp(
  scenario: string,
  { to, transport = 'udp', port }: { to?: number; transport?: 'udp' | 'tcp'; port?: number } = {},
): Promise<Sipp> {
  const dir = await folderOf();
  const [file, log] = [join(dir, 'scenario.xml'), join(dir, 'messages.log')];
  await writeFile(file, scenario);
  const mine = port ?? (transport === 'udp' ? await freeUdpPort() : await freePort());
  const args = ['-sf', file, '-i', '127.0.0.1', '-p', String(mine), '-t', transport === 'udp' ? 'u1' : 't1'];
  args.push(
    '-trace_msg',
    '-message_file',
    log,
    '-message_overwrite',
    'false',
    '-nostdin',
    '-default_behaviors',
    'none',
  );
  if (to !== undefined) args.push('-m', '1', `127.0.0.1:${to}`);
  const child: ChildProcess = spawn('sipp', args, { stdio: 'ignore', cwd: dir, env: { ...process.env, TERM: 'dumb' } });
  const over = once(child, 'exit') as Promise<[number | null]>;
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await over;
  };
  onTestFinished(stop);
  return {
    port: mine,
    log: async () => iconv.decode(await readFile(log).catch(() => Buffer.alloc(0)), 'gb18030'),
    ended: async () => (await patiently(over, () => 'sipp did not end'))[0],
    stop,
  };
}
