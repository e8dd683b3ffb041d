/**
 * What channels over HTTP share in their shapes: addresses a request can be sent to, and what of an answer is a yes. Texts given as `error` or message
 * finish the sentence "expected …".
 */
import { z } from 'zod';

/** Whether a request can be sent there at all: one with a name and password in its address is refused before it leaves. */
export const sendable = (url: string): boolean => URL.canParse(url) && !/^[^/]*\/\/[^/?#]*@/.test(url);

export const okWhen = z
  .strictObject({
    field: z.string().regex(/^[\w-]{1,60}(\.[\w-]{1,60}){0,4}$/, 'a field such as code, or data.code'),
    is: z.union([z.string().max(60), z.number(), z.boolean()]),
  })
  .optional()
  .describe(
    'The field of a JSON answer that says whether the message was taken; without it, an errcode other than 0 says no',
  );
