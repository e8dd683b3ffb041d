/**
 * What a browser has to be asked to play a stream: its codec as RFC 6381 writes it, read from the beginning of the MP4, and how
 * large the pictures are. It must never guess: what it does not know it names by the four letters that stand there.
 */
import { boxAt, boxesIn } from './fragments.ts';

/** What a stream is, as far as its beginning says. */
export interface VideoKind {
  /** For `MediaSource.isTypeSupported`: `video/mp4; codecs="avc1.64001f"`. */
  readonly mime: string;
  /** H.265 plays only in browsers that have it by their machine; it is said by name then. */
  readonly h265: boolean;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** Bytes of a VisualSampleEntry (ISO/IEC 14496-12, 12.1.3) before its own boxes. */
const SAMPLE_ENTRY = 78;

const hex = (n: number) => n.toString(16).padStart(2, '0');

/** ISO/IEC 14496-15, Annex E: profile, compatibility turned round, tier with level, constraints without what is zero at the end. */
function hevcName(type: string, hvcC: Buffer): string {
  const first = hvcC.readUInt8(1);
  const space = ['', 'A', 'B', 'C'][first >> 6] ?? '';
  let turned = 0;
  for (let bit = 0, given = hvcC.readUInt32BE(2); bit < 32; bit += 1) turned = (turned << 1) | ((given >>> bit) & 1);
  const constraints = [...hvcC.subarray(6, 12)];
  while (constraints.at(-1) === 0) constraints.pop();
  const parts = [
    `${type}.${space}${first & 0x1f}`,
    (turned >>> 0).toString(16),
    `${first & 0x20 ? 'H' : 'L'}${hvcC.readUInt8(12)}`,
    ...constraints.map((byte) => byte.toString(16)),
  ];
  return parts.join('.');
}

function nameOf(type: string, entry: Buffer): string {
  const boxes = entry.subarray(SAMPLE_ENTRY);
  const avcC = boxAt(boxes, 'avcC');
  if (avcC && avcC.length >= 4) return `${type}.${hex(avcC[1]!)}${hex(avcC[2]!)}${hex(avcC[3]!)}`;
  const hvcC = boxAt(boxes, 'hvcC');
  return hvcC && hvcC.length >= 13 ? hevcName(type, hvcC) : type;
}

/** What the beginning of a stream says of it; undefined when there is no video in it. */
export function videoKind(begin: Buffer): VideoKind | undefined {
  const stsd = boxAt(begin, 'moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd');
  if (!stsd) return undefined;
  // Version, flags and how many entries stand before the first.
  for (const [type, entry] of boxesIn(stsd.subarray(8))) {
    if (entry.length < SAMPLE_ENTRY) return undefined;
    return {
      mime: `video/mp4; codecs="${nameOf(type, entry)}"`,
      h265: type === 'hvc1' || type === 'hev1',
      width: entry.readUInt16BE(24),
      height: entry.readUInt16BE(26),
    };
  }
  return undefined;
}
