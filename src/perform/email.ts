/**
 * E-mail over SMTP: one mail to all persons of one language, with the picture in it. Which of them the server refuses is read from its
 * answers, and so is whether the mail was handed over when the connection broke: before that, nothing was sent. Files and addresses on the
 * net are never followed, whatever stands in a message; no address, user or text of the server gets into a verdict.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Language } from '../core/types.ts';
import type { ChannelOptions } from '../site/schema-channel.ts';
import { noSuchWay } from '../words/reach/carrier-words.ts';
import { caUnreadable, mailRefused, mailUnreachable, mailUnsure } from '../words/reach/email-words.ts';
import type { World } from '../world/world.ts';
import type { Maker, Recipient, Sending, Verdict } from './sending/channel.ts';
import { type PersonVerdict, together } from './sending/each-person.ts';

type MailOptions = ChannelOptions<'email'>;
/** A person who has an address. */
type Addressee = Recipient & { readonly email: string };

/** What nodemailer says of a failure, as far as it is looked at. */
interface MailFailure {
  readonly code?: string | undefined;
  /** The code of the system or of TLS beneath. */
  readonly originalCode?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly recipient?: string | undefined;
  readonly rejectedErrors?: readonly MailFailure[] | undefined;
}

/** How handing a mail over ended. */
interface Handed {
  readonly failure?: MailFailure;
  /** The server had begun to take the mail itself. */
  readonly began: boolean;
  /** Those whom the server refused among others it took. */
  readonly rejected: readonly MailFailure[];
}

/** A picture larger than this is left out: mail servers in China take 20 to 50 MB, and phones do not want it. Ours. */
const pictureMax = 5 * 1024 ** 2;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => escapes[sign]!);

function html(text: string, link: string | undefined, withPicture: boolean): string {
  const lines = escaped(text).replaceAll('\n', '<br>');
  const way = link === undefined ? '' : `<p><a href="${escaped(link)}">${escaped(link)}</a></p>`;
  return `<p style="font-size:16px;line-height:1.6">${lines}</p>${way}${
    withPicture ? '<p><img src="cid:picture" style="max-width:100%" alt=""></p>' : ''
  }`;
}

/** The mail as it goes over the wire. Every try has the same id, by which mail servers know a second copy. */
async function letter(from: string, sending: Sending, to: readonly Addressee[], language: Language, now: number) {
  const { message, delivery, picture } = sending;
  const shown = picture !== undefined && picture.length <= pictureMax ? Buffer.from(picture) : undefined;
  const text = message.text[language];
  const mark = createHash('sha256')
    .update(JSON.stringify([delivery, language, message.raisedAt]))
    .digest('hex');
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const composer = new MailComposer({
    from: { name: message.school[language], address: from },
    to: to.map(({ name, email }) => ({ name, address: email })),
    subject: message.title[language],
    messageId: `<${mark.slice(0, 32)}.gatehouse@${from.slice(from.lastIndexOf('@') + 1)}>`,
    date: new Date(now),
    headers: {
      'Auto-Submitted': 'auto-generated',
      ...(message.priority === 1 && { Importance: 'High', 'X-Priority': '1' }),
    },
    text: message.link === undefined ? text : `${text}\n${message.link}`,
    html: html(text, message.link, shown !== undefined),
    ...(shown && {
      attachments: [{ filename: 'alarm.jpg', content: shown, contentType: 'image/jpeg', cid: 'picture' }],
    }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return await composer.compile().build();
}

/** Hands a mail to the server. Never rejects, and never takes longer than it may. */
async function handOver(
  options: MailOptions,
  ca: Buffer | undefined,
  to: readonly string[],
  mail: Buffer,
  world: World,
) {
  const { host, port, security, user, secret, from, timeoutMs } = options;
  const { default: SMTPConnection } = await import('nodemailer/lib/smtp-connection');
  const { promise, resolve } = Promise.withResolvers<Handed>();
  let began = false;
  const end = (failure?: MailFailure, rejected: readonly MailFailure[] = []) =>
    resolve({ ...(failure && { failure }), began, rejected });
  const connection = new SMTPConnection({
    host,
    ...(port !== undefined && { port }),
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(ca && { tls: { ca } }),
    name: 'gatehouse.invalid',
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs, dnsTimeout: timeoutMs },
    socketCloseTimeout: 0,
    maxResponseSize: 65_536,
  });
  const answered = new AbortController();
  world.sleep(timeoutMs, answered.signal).then(
    () => end({ code: 'ETIMEDOUT' }),
    () => undefined,
  );
  // The body is asked for once the server has said that it takes it.
  const body = async function* () {
    began = true;
    yield mail;
  };
  const send = () =>
    connection.send({ from, to: [...to], size: mail.length }, Readable.from(body()), (error, info) => {
      if (error || !info) return end(error ?? {});
      connection.quit();
      end(undefined, info.rejectedErrors ?? []);
    });
  connection.on('error', end);
  connection.connect((error) => {
    if (error) return end(error);
    if (user === undefined) return send();
    connection.login({ user, pass: secret ?? '' }, (refused) => (refused ? end(refused) : send()));
  });
  const handed = await promise;
  answered.abort();
  if (handed.failure) connection.close();
  return handed;
}

/** The verdict on a failure of all. */
function verdictOn(id: string, { code, originalCode, responseCode }: MailFailure, began: boolean): Verdict {
  // What is answered to STARTTLS says nothing of the mail.
  if (responseCode && code !== 'ETLS')
    return { is: 'refused', code: String(responseCode), why: mailRefused(id, String(responseCode)) };
  if (began) return { is: 'unknown', why: mailUnsure(id) };
  const known = originalCode ?? code ?? 'ECONNECTION';
  return { is: 'refused', code: known, why: mailUnreachable(id, known) };
}

/** What each person of a mail was answered. */
function verdicts(id: string, to: readonly Addressee[], { failure, began, rejected }: Handed): PersonVerdict[] {
  const refused = new Map((failure?.rejectedErrors ?? rejected).map((one) => [one.recipient?.toLowerCase(), one]));
  return to.map(({ person, email }) => {
    const own = refused.get(email.toLowerCase()) ?? failure;
    return { person, verdict: own ? verdictOn(id, own, began && own === failure) : { is: 'told' } };
  });
}

/** Whether it was the size of the mail that it was refused for (RFC 1870). */
const tooLarge = ({ failure }: Handed): boolean => failure?.responseCode === 552 || failure?.code === 'EMESSAGE';

/** A channel by one account on one mail server. */
export const email: Maker<'email'> = (options) => {
  const { id, from, ca } = options;
  return async (sending, world) => {
    let authority: Buffer | undefined;
    try {
      authority = ca === undefined ? undefined : await readFile(ca);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
      return { is: 'refused', code, why: caUnreadable(id, ca!, code) };
    }
    const post = async (to: readonly Addressee[], language: Language, what: Sending) =>
      await handOver(
        options,
        authority,
        to.map(({ email: address }) => address),
        await letter(from, what, to, language, world.now()),
        world,
      );
    const { picture: _, ...bare } = sending;
    const each = (['zh', 'en'] as const).map(async (language): Promise<PersonVerdict[]> => {
      const to = sending.to.filter((one): one is Addressee => one.language === language && one.email !== undefined);
      if (to.length === 0) return [];
      let handed = await post(to, language, sending);
      // A picture must not cost the message.
      if (sending.picture && tooLarge(handed)) handed = await post(to, language, bare);
      return verdicts(id, to, handed);
    });
    const without = sending.to.filter((one) => one.email === undefined);
    const why = noSuchWay(id, 'email');
    const unnamed = without.map(
      ({ person }): PersonVerdict => ({ person, verdict: { is: 'refused', code: 'no-address', why } }),
    );
    return together(id, [...(await Promise.all(each)).flat(), ...unnamed]);
  };
};
