/**
 * What the text of a successful answer says about the message after all. Chat robots (WeCom, DingTalk) answer HTTP 200 and
 * put `errcode` into the text when they did not take it; others have a field of their own, which the configuration names. Of
 * the text nothing but a number may leave this file: it could hold a secret.
 */

/** The field of a JSON answer, and its value when the message was taken. */
export interface OkWhen {
  readonly field: string;
  readonly is: string | number | boolean;
}

/** Bytes of an answer that are read at most; an answer of a robot has about a hundred. Ours. */
const readMax = 16_384;
/** Too many messages in a minute: WeCom, DingTalk, Feishu. */
const tooFastCodes: ReadonlySet<string> = new Set(['45009', '130101', '11232']);

/** The beginning of an answer's text; undefined when it broke off before its end, or has none that soon. */
export async function readText(response: Response): Promise<string | undefined> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return Buffer.concat(parts).toString('utf8');
      parts.push(value);
      length += value.length;
      if (length > readMax) return undefined;
    }
  } catch {
    return undefined;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** The JSON object a text is; undefined where it is none. */
export function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The value of a field of a JSON object, one level deep or along a path such as `data.code`. */
function fieldOf(text: string, path: string): unknown {
  let value: unknown = objectOf(text);
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

/** A number as it may be told further, else a dash. */
export const codeOf = (value: unknown): string => (/^-?\d{1,9}$/.test(String(value)) ? String(value) : '—');

/**
 * `yes`: nothing speaks against it. `nothing`: a text was agreed upon and did not come whole. Else the number it was refused
 * with, and whether that means that too much was sent.
 */
export function saidInside(
  text: string | undefined,
  okWhen: OkWhen | undefined,
): 'yes' | 'nothing' | { readonly code: string; readonly tooFast: boolean } {
  if (text === undefined) return okWhen ? 'nothing' : 'yes';
  const value = fieldOf(text, okWhen?.field ?? 'errcode');
  const taken = okWhen
    ? value === okWhen.is || String(value) === String(okWhen.is)
    : value === undefined || codeOf(value) === '0';
  if (taken) return 'yes';
  const code = codeOf(value);
  return { code, tooFast: tooFastCodes.has(code) };
}
