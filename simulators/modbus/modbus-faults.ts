/**
 * How a simulated Modbus device misbehaves: each fault here was met on a real device or converter.
 * It only shapes the bytes of an answer; when they are sent, and whether at all, is for the simulated line.
 */
import type { Framing, Request } from './modbus-frames.ts';

/**
 * What a device may do instead of answering.
 * hang: nothing · refuse: the port is closed · single: only one client, a second is cut off · cut: closes on the request ·
 * late: answers after `ms` · garbage: bytes that are no frame · exception: answers no · wrong-unit, wrong-transaction,
 * wrong-function: an answer to something else · short: half the data, in a whole frame · short-count: the length byte
 * claims less than the frame holds · bytes: one byte at a time · twice: two answers in one segment · stray: `count`
 * bytes before the answer · trail: the same, after it.
 */
export type ModbusFault =
  | { readonly do: 'hang' | 'refuse' | 'single' | 'cut' | 'garbage' }
  | { readonly do: 'wrong-unit' | 'wrong-transaction' | 'wrong-function' }
  | { readonly do: 'short' | 'short-count' | 'bytes' | 'twice' }
  | { readonly do: 'late'; readonly ms: number }
  | { readonly do: 'exception'; readonly code: number }
  | { readonly do: 'stray' | 'trail'; readonly count: number };

/** The bytes to send instead of the `good` answer; undefined for none at all. */
export function distort(fault: ModbusFault, request: Request, good: Buffer, framing: Framing): Buffer | undefined {
  const { unit, transaction } = request;
  const code = request.pdu.readUInt8(0);
  const frame = framing.wrap(request, good);
  switch (fault.do) {
    case 'late':
    case 'bytes':
      return frame;
    case 'exception':
      return framing.wrap(request, Buffer.from([code | 0x80, fault.code]));
    case 'garbage':
      return Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n');
    case 'wrong-unit':
      return framing.wrap({ unit: unit ^ 0x40, transaction }, good);
    case 'wrong-transaction':
      return framing.wrap({ unit, transaction: transaction ^ 0x4000 }, good);
    case 'wrong-function':
      return framing.wrap(request, Buffer.concat([Buffer.from([code ^ 7]), good.subarray(1)]));
    case 'short':
      return framing.wrap(request, good.subarray(0, Math.max(2, good.length >> 1)));
    case 'short-count':
      return framing.wrap(request, Buffer.concat([Buffer.from([code, good.readUInt8(1) >> 1]), good.subarray(2)]));
    case 'twice':
      return Buffer.concat([frame, frame]);
    case 'stray':
      return Buffer.concat([Buffer.alloc(fault.count, 0x55), frame]);
    case 'trail':
      return Buffer.concat([frame, Buffer.alloc(fault.count, 0x55)]);
    default:
      return undefined;
  }
}
