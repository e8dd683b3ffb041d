/**
 * One open connection to Modbus units: TCP, RTU over TCP or RTU on a serial port, through `modbus-serial`.
 * It answers one request at a time and says in which of four ways an answer failed. It never reconnects and never
 * retries: after a doubt it is no longer `usable`, and whoever holds it opens a new one.
 *
 * What the library leaves open is closed here. It matches any answer that has the expected unit, function and length
 * (RTU), so bytes that came before the request are thrown away, and a socket that had a time-out is destroyed. It says
 * nothing when a socket is reset, so the socket is ours and is watched. It lets an answer be shorter than its own length
 * byte claims, so the reader's length is checked by the caller against the data.
 */

import { Socket } from 'node:net';
import library from 'modbus-serial';
import type { Words } from '../../core/types.ts';
import * as words from '../../words/modbus-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { ModbusOptions } from '../connection-options.ts';
import type { RegisterTable } from './modbus-plan.ts';

const ModbusRTU = library.default;
type Client = InstanceType<typeof ModbusRTU>;

/**
 * silence: nothing believable came in time. exception: the unit answered no, with `code`. nonsense: what came is no
 * answer to the question. cut: the connection went away.
 */
export class ModbusFailure extends WordedError {
  readonly kind: 'silence' | 'exception' | 'nonsense' | 'cut';
  readonly code: number | undefined;
  constructor(kind: ModbusFailure['kind'], why: Words, code?: number) {
    super(why);
    this.kind = kind;
    this.code = code;
  }
}

export interface Connection {
  /** False after any doubt: time-out, nonsense, loss. */
  readonly usable: boolean;
  /** The data bytes of the answer. Rejects with ModbusFailure. */
  read(table: RegisterTable, unit: number, address: number, count: number, limitMs: number): Promise<Buffer>;
  /** Resolves when the unit repeated the write. Rejects with ModbusFailure. */
  writeCoil(unit: number, address: number, on: boolean, limitMs: number): Promise<void>;
  writeRegisters(unit: number, address: number, values: readonly number[], limitMs: number): Promise<void>;
  close(): Promise<void>;
}

/** A dead address must not hold a line for the minutes the system would wait. */
const CONNECT_MS = 2000;
const CLOSE_MS = 1000;
/** Far more than any answer (260 bytes); more than this in one turn is not Modbus. */
const FLOOD_BYTES = 4096;

/** Where a line leads, for sentences. */
export function placeOf(options: ModbusOptions): string {
  return options.protocol === 'modbus-rtu' ? options.path : `${options.host}:${options.port}`;
}

/** Opens a connection; throws an Error whose message is a sentence for the operator. */
export async function connect(options: ModbusOptions, signal: AbortSignal): Promise<Connection> {
  return options.protocol === 'modbus-rtu' ? openSerial(options) : openSocket(options, signal);
}

async function openSocket(options: Extract<ModbusOptions, { host: string }>, signal: AbortSignal): Promise<Connection> {
  const where = placeOf(options);
  const socket = await dial(options.host, options.port, where, signal);
  const client = new ModbusRTU();
  // Options are the library's own shape for a socket it makes itself; ours is open already.
  if (options.protocol === 'modbus-tcp') await client.linkTCP(socket, { port: options.port });
  else await client.linkTelnet(socket, {});
  const wire = new ModbusWireConnection(client, options, async () => {
    socket.destroy();
  });
  socket.on('data', (chunk) => {
    if (wire.floods(chunk.length)) socket.destroy();
  });
  socket.once('close', () => wire.lost());
  return wire;
}

function dial(host: string, port: number, where: string, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = new Socket();
    const fail = (code: string): void => {
      socket.destroy();
      signal.removeEventListener('abort', stop);
      reject(new WordedError(words.unreachable(where, code)));
    };
    const stop = (): void => fail('stopped');
    socket.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
    socket.setTimeout(CONNECT_MS, () => fail('ETIMEDOUT'));
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    else
      socket.connect({ host, port }, () => {
        socket.setNoDelay(true);
        signal.removeEventListener('abort', stop);
        socket.setTimeout(0);
        resolve(socket);
      });
  });
}

async function openSerial(options: Extract<ModbusOptions, { path: string }>): Promise<Connection> {
  const client = new ModbusRTU();
  const { path, baudRate = 9600, parity = 'none', dataBits = 8, stopBits = 1 } = options;
  try {
    await client.connectRTUBuffered(path, { baudRate, parity, dataBits, stopBits });
  } catch (error) {
    throw new WordedError(words.portUnusable(path, error instanceof Error ? error.message : String(error)));
  }
  const wire = new ModbusWireConnection(client, options, async () => {
    await new Promise<void>((resolve) => {
      const limit = setTimeout(resolve, CLOSE_MS);
      client.close(() => {
        clearTimeout(limit);
        resolve();
      });
    });
  });
  client.on('close', () => wire.lost());
  // The library takes its own listener off while closing; an error said then would otherwise end the process.
  innards(client).on('error', () => wire.lost());
  return wire;
}

/**
 * What the library keeps of received bytes between requests. It is private there; the version is pinned, and the tests
 * with doubled answers and stray bytes fail when these names change.
 */
interface Innards {
  _buffer?: Buffer;
  _clientRcvData?: Buffer;
  on(event: 'error', listener: () => void): void;
}
function innards(client: Client): Innards {
  return (client as unknown as { _port: Innards })._port;
}

const FUNCTIONS = { coil: 'writeFC1', discrete: 'writeFC2', holding: 'writeFC3', input: 'writeFC4' } as const;

type ModbusAnswer = (
  error: unknown,
  answer?: { buffer?: Buffer; address?: number; state?: boolean; value?: number },
) => void;

class ModbusWireConnection implements Connection {
  readonly #client: Client;
  readonly #where: string;
  /** Answers carry a transaction number; without one, what came early must be thrown away. */
  readonly #framed: boolean;
  readonly #serial: boolean;
  readonly #shut: () => Promise<void>;
  #open = true;
  /** Ends the request in flight: lost, or with what is wrong with the bytes that came. */
  #fail: ((wrong?: string) => void) | undefined;
  #received = 0;

  constructor(client: Client, options: ModbusOptions, shut: () => Promise<void>) {
    this.#client = client;
    this.#where = placeOf(options);
    this.#framed = options.protocol === 'modbus-tcp';
    this.#serial = options.protocol === 'modbus-rtu';
    this.#shut = shut;
    client.on('error', () => this.lost());
  }

  get usable(): boolean {
    // A remainder in a stream of framed answers means that we no longer stand at the start of a frame.
    return this.#open && !(this.#framed && (innards(this.#client)._clientRcvData?.length ?? 0) > 0);
  }

  /** Counts what came; true when it is too much to be Modbus, and then the connection is over. */
  floods(bytes: number): boolean {
    this.#received += bytes;
    if (this.#received <= FLOOD_BYTES) return false;
    this.#open = false;
    this.#fail?.(`${this.#received} bytes`);
    return true;
  }

  lost(): void {
    this.#open = false;
    this.#fail?.();
  }

  async close(): Promise<void> {
    this.#open = false;
    this.#fail?.();
    await this.#shut();
  }

  read(table: RegisterTable, unit: number, address: number, count: number, limitMs: number): Promise<Buffer> {
    return this.#ask(unit, limitMs, (client, done) => client[FUNCTIONS[table]](unit, address, count, done)).then(
      ({ buffer }) => buffer!,
    );
  }

  async writeCoil(unit: number, address: number, on: boolean, limitMs: number): Promise<void> {
    const echo = await this.#ask(unit, limitMs, (client, done) => client.writeFC5(unit, address, on, done));
    if (echo.address !== address || echo.state !== on) throw this.#echoWrong(unit);
  }

  async writeRegisters(unit: number, address: number, values: readonly number[], limitMs: number): Promise<void> {
    const [first] = values;
    const single = values.length === 1 && first !== undefined;
    const echo = await this.#ask(unit, limitMs, (client, done) =>
      single ? client.writeFC6(unit, address, first, done) : client.writeFC16(unit, address, [...values], done),
    );
    if (echo.address !== address || (single && echo.value !== first)) throw this.#echoWrong(unit);
  }

  #echoWrong(unit: number): ModbusFailure {
    this.#open = false;
    return new ModbusFailure('nonsense', words.nonsense(unit, 'echo of a write differs'));
  }

  #ask(unit: number, limitMs: number, send: (client: Client, done: ModbusAnswer) => void) {
    return new Promise<NonNullable<Parameters<ModbusAnswer>[1]>>((resolve, reject) => {
      if (!this.#open) {
        reject(new ModbusFailure('cut', words.cut(unit, this.#where)));
        return;
      }
      this.#fail = (wrong) => {
        this.#fail = undefined;
        reject(
          wrong === undefined
            ? new ModbusFailure('cut', words.cut(unit, this.#where))
            : new ModbusFailure('nonsense', words.nonsense(unit, wrong)),
        );
      };
      this.#received = 0;
      if (!this.#framed) innards(this.#client)._buffer = Buffer.alloc(0);
      this.#client.setTimeout(limitMs);
      send(this.#client, (error, answer) => {
        this.#fail = undefined;
        if (error === null && answer !== undefined) resolve(answer);
        else reject(this.#doubt(unit, limitMs, error));
      });
    });
  }

  #doubt(unit: number, limitMs: number, error: unknown): ModbusFailure {
    const { modbusCode, errno, message } = error as { modbusCode?: number; errno?: unknown; message?: string };
    if (modbusCode !== undefined) return new ModbusFailure('exception', words.refusal(unit, modbusCode), modbusCode);
    // A late answer would be taken for the next one. A serial port has no connection to drop: what comes late falls into
    // the unit's quiet time, or carries another unit's number, and is thrown away before the next request.
    if (!this.#serial) this.#open = false;
    if (errno === 'ETIMEDOUT') return new ModbusFailure('silence', words.silence(unit, limitMs));
    if (errno === 'ECONNREFUSED') {
      this.#open = false;
      return new ModbusFailure('cut', words.cut(unit, this.#where));
    }
    return new ModbusFailure('nonsense', words.nonsense(unit, String(message)));
  }
}
