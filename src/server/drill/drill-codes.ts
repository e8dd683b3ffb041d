/**
 * The codes of classes at a drill: what stands behind `/d/` on the sheet a class carries. Each is made of the gateway's secret, the number of
 * the sheet and the class, so that none can be guessed, none has to be kept, and each counts for one drill alone.
 */
import { createHmac } from 'node:crypto';

/** Bytes of a code: 128 bits. */
const size = 16;

/** What a code looks like. */
export const drillCode = /^[A-Za-z0-9_-]{22}$/;

/** The code of a class. The text before keeps it apart from everything else that is signed with this secret. */
export function drillCodeOf(secret: Uint8Array, sheet: number, id: string): string {
  const mac = createHmac('sha256', secret).update(`drill code 1\n${sheet}\n${id}`).digest();
  return mac.subarray(0, size).toString('base64url');
}

/** Of which sheet and class a code is, of these; reckoned once for each set of sheets and classes. */
export function drillCodeBook(secret: Uint8Array) {
  let known: { readonly key: string; readonly codes: ReadonlyMap<string, { sheet: number; id: string }> } | undefined;
  return (
    code: string,
    sheets: readonly number[],
    ids: readonly string[],
  ): { sheet: number; id: string } | undefined => {
    const key = JSON.stringify([sheets, ids]);
    if (known?.key !== key) {
      const codes = sheets.flatMap((sheet) =>
        ids.map((id) => [drillCodeOf(secret, sheet, id), { sheet, id }] as const),
      );
      known = { key, codes: new Map(codes) };
    }
    return known.codes.get(code);
  };
}
