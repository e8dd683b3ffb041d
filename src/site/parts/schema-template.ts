/**
 * The shape of a request that the configuration writes itself: which names may stand in it, and that its body is well-formed whatever they
 * are filled with. Texts given as `error` or message finish the sentence "expected …".
 */
import { z } from 'zod';

/** Texts, which stand in quotes in JSON. */
const texts = [
  ...(['title.zh', 'title.en', 'text.zh', 'text.en', 'school.zh', 'school.en', 'place.zh', 'place.en'] as const),
  ...(['kind.zh', 'kind.en', 'about', 'link', 'time', 'delivery', 'secret'] as const),
] as const;
/** Numbers, which may stand without. */
const numbers = ['priority', 'alarm', 'count', 'raisedAt'] as const;
export type TemplateName = (typeof texts)[number] | (typeof numbers)[number];

const names: ReadonlySet<string> = new Set([...texts, ...numbers]);
const known = `of {{…}} only ${[...names].join(', ')}`;

/** Whether all that stands between braces is known. */
const knowsAll = (template: string): boolean =>
  [...template.matchAll(/\{\{(.*?)\}\}/gs)].every(([, name = '']) => names.has(name));
const numberNames: ReadonlySet<string> = new Set(numbers);

/** Whether a body is JSON with any values in it: a text without quotes around it is not. */
function staysJson(template: string): boolean {
  const sample = template.replaceAll(/\{\{([\w.]+)\}\}/g, (_, name: string) => (numberNames.has(name) ? '1' : 'x'));
  try {
    JSON.parse(sample);
    return true;
  } catch {
    return false;
  }
}

/** Headers that the request makes itself. */
const own = /^(host|content-length|content-type|connection|transfer-encoding|x-gatehouse-.*)$/i;

export const template = z
  .strictObject({
    contentType: z
      .enum(['application/json', 'application/x-www-form-urlencoded', 'text/plain'])
      .default('application/json'),
    body: z
      .string()
      .max(8_000)
      .refine(knowsAll, known)
      .describe('With {{title.zh}} and the like; each value is escaped as contentType wants it'),
    headers: z
      .record(
        z
          .string()
          .regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/, 'the name of a header')
          .refine((name) => !own.test(name), 'a header that the request does not make itself'),
        z
          .string()
          .max(500)
          .regex(/^[\x20-\x7e]*$/, 'one line of ASCII; what is Chinese comes by {{…}}')
          .refine(knowsAll, known),
      )
      .default({})
      .describe('Further headers, such as Authorization: Bearer {{secret}}'),
  })
  .refine(({ contentType, body }) => contentType !== 'application/json' || staysJson(body), {
    path: ['body'],
    error: 'JSON, whatever the values are: texts stand in quotes, as in {"text": "{{text.zh}}"}',
  });
