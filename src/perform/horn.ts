/**
 * A horn or speaker on the wall that plays a file of its own when it is asked over HTTP, by the kind of alarm or its urgency. It logs in as the
 * horn wants it. It plays recorded files: no text leaves by it.
 */
import { randomBytes } from 'node:crypto';
import { channelRefused } from '../words/channel-words.ts';
import { hornRefusesLogIn } from '../words/reach/push-words.ts';
import type { World } from '../world/world.ts';
import { saidInside } from './sending/answer-text.ts';
import type { Maker, Verdict } from './sending/channel.ts';
import { exchange, type HttpRequest, refusedBy, unfinished } from './sending/http-post.ts';
import type { Message } from './sending/message.ts';
import { digestAnswer } from './sign/http-digest.ts';

/** The file for a message: of its kind, else of its urgency, else the usual one. */
function fileOf({ about, kind, priority }: Message, file: string, files: Readonly<Record<string, string>>): string {
  const own = about === 'test' ? files.test : kind && files[kind];
  return own ?? files[`p${priority}`] ?? file;
}

/** A channel to one horn. */
export const horn: Maker<'horn'> = ({ id, url, method, body, file, files, auth, user, secret, okWhen, timeoutMs }) =>
  async function send({ message }, world: World): Promise<Verdict> {
    const chosen = encodeURIComponent(fileOf(message, file, files));
    const address = url.replaceAll('{{file}}', chosen);
    const { pathname, search } = new URL(address);
    const end = world.elapsed() + timeoutMs;
    const asked = (authorization?: string): HttpRequest => ({
      ...{ id, url: address, method, refusalsSpeak: true },
      headers: {
        ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...(authorization !== undefined && { authorization }),
      },
      ...(body !== undefined && { body: body.replaceAll('{{file}}', chosen) }),
      timeoutMs: Math.max(100, Math.round(end - world.elapsed())),
    });
    const login = { user: user ?? '', password: secret ?? '' };
    const basic = `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
    let answer = await exchange(asked(auth === 'basic' ? basic : undefined), world);
    if (answer.is === 'answered' && answer.status === 401 && auth === 'digest' && answer.challenge !== undefined) {
      const how = { method, path: pathname + search, ...login, cnonce: randomBytes(8).toString('hex') };
      const authorization = digestAnswer(answer.challenge, how);
      if (authorization !== undefined) answer = await exchange(asked(authorization), world);
    }
    if (answer.is !== 'answered') return answer;
    if (answer.status === 401) return { is: 'refused', code: '401', why: hornRefusesLogIn(id) };
    if (!answer.ok) return refusedBy(id, answer.status);
    const said = saidInside(answer.text, okWhen);
    if (said === 'yes') return { is: 'told' };
    if (said === 'nothing') return unfinished({ id, timeoutMs }, answer);
    return { is: 'refused', code: said.code, why: channelRefused(id, said.code, 'inside') };
  };
