/**
 * A mail server of smtp-server on this machine, for tests of e-mail: it keeps what it took, and refuses, hangs or breaks off as it is
 * told. Every text it says is one that no verdict may repeat.
 */
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';
import { email } from '../../src/perform/email.ts';
import type { Recipient, Sending, Verdict } from '../../src/perform/sending/channel.ts';
import type { ChannelOptions } from '../../src/site/schema-channel.ts';
import { realWorld, type World } from '../../src/world/world.ts';
import { PATIENCE_MS } from '../patience.ts';
import { climbTold, guard } from './told.ts';

const babble = 'babble hidden only-for-tests 127.0.0.1';

/** An answer of the server, as smtp-server takes it. */
export const answer = (responseCode: number): Error => Object.assign(new Error(babble), { responseCode });

export interface Taken {
  readonly to: readonly string[];
  readonly text: string;
}

/** A server; `codes` by address are what it refuses at RCPT, `data` what it answers to the mail itself. */
export async function mailServer(
  more: SMTPServerOptions & { codes?: Record<string, number>; data?: (text: string) => Error | undefined } = {},
) {
  const { codes = {}, data, ...options } = more;
  const taken: Taken[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    logger: false,
    onRcptTo: ({ address }, _, callback) => {
      const code = codes[address];
      callback(code === undefined ? null : answer(code));
    },
    onData: (stream, { envelope }, callback) => {
      let text = '';
      stream.setEncoding('latin1').on('data', (part: string) => {
        text += part;
      });
      stream.on('end', () => {
        const refused = data?.(text);
        if (!refused) taken.push({ to: envelope.rcptTo.map(({ address }) => address), text });
        callback(refused ?? null, 'taken');
      });
    },
    ...options,
  });
  // Connections that break are what is asked for here.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  onTestFinished(async () => await new Promise<void>((resolve) => server.close(() => resolve())));
  return { taken, port: (server.server.address() as AddressInfo).port };
}

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Sends a message to the guard by a server on this port. No verdict gives anything away. */
export async function mail(
  port: number,
  options: Partial<ChannelOptions<'email'>> = {},
  more: Partial<Sending> = {},
  around: Partial<World> = {},
): Promise<Verdict> {
  const send = email({
    ...{ id: 'mail', protocol: 'email', host: '127.0.0.1', port, security: 'none', secret: undefined },
    ...{ from: 'gatehouse@school.example', timeoutMs: PATIENCE_MS },
    ...options,
  });
  const to: readonly Recipient[] = [guard];
  const sending = { message: climbTold(), delivery: 'notify/1/9/mail', to, ...more };
  const verdict = await send(sending, { ...realWorld(quiet), ...around });
  const said = JSON.stringify(verdict);
  for (const kept of ['babble', 'hidden', 'only-for-tests', '127.0.0.1', '@school.example', 'East wall'])
    if (said.includes(kept)) throw new Error(`a verdict says ${kept}: ${said}`);
  return verdict;
}
