/**
 * The body and headers of a request as the configuration writes them, with the values of a message in it: `{{title.zh}}`. Each value is escaped for
 * where it stands, so that no text of a message can end a string, add a field or a header. Which names there are is said in the schema, which
 * refuses others.
 */
import type { TemplateName } from '../site/parts/schema-template.ts';
import { insteadOfKind } from '../words/reach/aliyun-words.ts';
import type { Sending } from './sending/channel.ts';

/** What a body is, and therefore how values are escaped in it. */
type BodyType = 'application/json' | 'application/x-www-form-urlencoded' | 'text/plain';

type Values = Pick<Sending, 'message' | 'delivery'> & { readonly secret: string };

const values: { readonly [N in TemplateName]: (from: Values) => string } = {
  'title.zh': ({ message }) => message.title.zh,
  'title.en': ({ message }) => message.title.en,
  'text.zh': ({ message }) => message.text.zh,
  'text.en': ({ message }) => message.text.en,
  'school.zh': ({ message }) => message.school.zh,
  'school.en': ({ message }) => message.school.en,
  'place.zh': ({ message }) => (message.place ?? message.title).zh,
  'place.en': ({ message }) => (message.place ?? message.title).en,
  'kind.zh': ({ message }) => (message.kindTitle ?? insteadOfKind[message.about]).zh,
  'kind.en': ({ message }) => (message.kindTitle ?? insteadOfKind[message.about]).en,
  about: ({ message }) => message.about,
  link: ({ message }) => message.link ?? '',
  time: ({ message }) => message.time ?? '',
  delivery: ({ delivery }) => delivery,
  priority: ({ message }) => String(message.priority),
  alarm: ({ message }) => String(message.alarm ?? 0),
  count: ({ message }) => String(message.count ?? 0),
  raisedAt: ({ message }) => String(message.raisedAt ?? 0),
  secret: ({ secret }) => secret,
};

const escapes: Readonly<Record<BodyType, (value: string) => string>> = {
  'application/json': (value) => JSON.stringify(value).slice(1, -1),
  'application/x-www-form-urlencoded': (value) => encodeURIComponent(value.toWellFormed()),
  'text/plain': (value) => value,
};

/** A header holds one line of ASCII; other text is encoded as mails do it (RFC 2047). */
function inHeader(value: string): string {
  const line = value.replaceAll(/[\r\n\t]+/g, ' ').trim();
  if (/^[\x20-\x7e]*$/.test(line)) return line;
  // An encoded word has at most 75 characters: of UTF-8 in Base64, 45 bytes.
  const words: string[] = [];
  let word = '';
  for (const character of line) {
    if (Buffer.byteLength(word + character) > 45) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`).join(' ');
}

const filled = (template: string, from: Values, as: (value: string) => string): string =>
  template.replaceAll(/\{\{([\w.]+)\}\}/g, (_, name: string) => as(values[name as TemplateName](from)));

/** The body of a template. */
export const bodyOf = (template: string, type: BodyType, from: Values): string => filled(template, from, escapes[type]);

/** The headers of a template. */
export const headersOf = (
  templates: Readonly<Record<string, string>>,
  from: Values,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(templates).map(([name, template]) => [name, filled(template, from, inHeader)]));
