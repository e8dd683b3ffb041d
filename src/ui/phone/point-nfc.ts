/**
 * Web NFC where a browser has it (Chrome on Android over HTTPS): the text record of a tag. Where there is none it says so, and the page
 * offers the QR code alone.
 */

interface TagRecord {
  readonly recordType: string;
  readonly encoding?: string;
  readonly data?: DataView;
}
interface TagReader {
  scan(options: { signal: AbortSignal }): Promise<void>;
  onreading: ((event: { readonly message: { readonly records: readonly TagRecord[] } }) => void) | null;
}
declare global {
  interface Window {
    NDEFReader?: new () => TagReader;
  }
}

export const hasNfc = (): boolean => window.NDEFReader !== undefined;

/** Reads tags until `over` ends it; `text` hears the first text of each, or nothing where it has none. Rejects when it may not. */
export async function readTags(text: (said: string | undefined) => void, over: AbortSignal): Promise<void> {
  if (!window.NDEFReader) throw new Error('no NFC');
  const reader = new window.NDEFReader();
  reader.onreading = ({ message }) => {
    const record = message.records.find(({ recordType, data }) => recordType === 'text' && data);
    text(record?.data && new TextDecoder(record.encoding ?? 'utf-8').decode(record.data));
  };
  await reader.scan({ signal: over });
}
