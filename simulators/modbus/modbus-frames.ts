/**
 * Modbus frames as a device sees them: requests cut out of a byte stream, answers wrapped again, TCP or RTU.
 * Written for the simulator only, so that it can also say wrong things; drivers must never use it.
 */

/** A request as it came: `pdu` starts with the function code. */
export interface Request {
  readonly unit: number;
  readonly transaction: number;
  readonly pdu: Buffer;
}

export interface Framing {
  /** Takes whole requests off the front of `bytes`; what is left waits for more. */
  cut(bytes: Buffer): { readonly requests: Request[]; readonly rest: Buffer };
  wrap(request: Pick<Request, 'unit' | 'transaction'>, pdu: Buffer): Buffer;
}

const MBAP = 7;

export const tcpFraming: Framing = {
  cut(bytes) {
    const requests: Request[] = [];
    let at = 0;
    while (bytes.length - at > MBAP) {
      const end = at + 6 + bytes.readUInt16BE(at + 4);
      if (end > bytes.length) break;
      requests.push({
        transaction: bytes.readUInt16BE(at),
        unit: bytes.readUInt8(at + 6),
        pdu: Buffer.from(bytes.subarray(at + MBAP, end)),
      });
      at = end;
    }
    return { requests, rest: bytes.subarray(at) };
  },
  wrap({ unit, transaction }, pdu) {
    const head = Buffer.alloc(MBAP);
    head.writeUInt16BE(transaction, 0);
    head.writeUInt16BE(pdu.length + 1, 4);
    head.writeUInt8(unit, 6);
    return Buffer.concat([head, pdu]);
  },
};

/** CRC-16/MODBUS: polynomial 0xA001, start 0xFFFF. */
export function crc16(bytes: Buffer): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}

/** Whole length of an RTU request that starts here, or undefined while that is not known yet. */
function rtuLength(bytes: Buffer): number | undefined {
  const code = bytes[1];
  if (code === undefined) return undefined;
  if (code !== 15 && code !== 16) return 8;
  const count = bytes[6];
  return count === undefined ? undefined : 9 + count;
}

export const rtuFraming: Framing = {
  cut(bytes) {
    const requests: Request[] = [];
    let rest = bytes;
    for (;;) {
      const length = rtuLength(rest);
      if (length === undefined || rest.length < length) return { requests, rest };
      const body = rest.subarray(0, length - 2);
      if (rest.readUInt16LE(length - 2) !== crc16(body)) {
        rest = rest.subarray(1);
        continue;
      }
      requests.push({ unit: body.readUInt8(0), transaction: 0, pdu: Buffer.from(body.subarray(1)) });
      rest = rest.subarray(length);
    }
  },
  wrap({ unit }, pdu) {
    const body = Buffer.concat([Buffer.from([unit]), pdu]);
    const check = Buffer.alloc(2);
    check.writeUInt16LE(crc16(body));
    return Buffer.concat([body, check]);
  },
};
