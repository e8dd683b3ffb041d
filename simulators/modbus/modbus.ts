/**
 * A simulated Modbus line on a real socket: several units, any Modbus profile, TCP or RTU framing, and misbehaviour on
 * request. Its registers come from the profiles alone. It exists so that drivers meet what real devices do; it must never
 * use code of the drivers.
 */
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { Value } from '../../src/core/types.ts';
import type { Profile, Register } from '../../src/profile/profile.ts';
import { distort, type ModbusFault } from './modbus-faults.ts';
import { type Framing, type Request, rtuFraming, tcpFraming } from './modbus-frames.ts';
import { Registers } from './modbus-registers.ts';

export type { ModbusFault };

/** Which requests a fault is for. Default: all, until healed. */
export interface FaultScope {
  readonly unit?: number;
  readonly table?: Register['table'];
  /** Only requests that start here. */
  readonly address?: number;
  readonly times?: number;
}

export interface ModbusSimulatorOptions {
  readonly units: readonly { readonly unit: number; readonly profile: Profile }[];
  /** Default tcp; `rtu` is RTU over TCP, and with a cable (`modbus-cable`) RTU on a serial port. */
  readonly framing?: 'tcp' | 'rtu';
  /** Default 0: any free port. */
  readonly port?: number;
}

export interface ModbusSimulator {
  readonly port: number;
  set(unit: number, point: string, value: Value): void;
  get(unit: number, point: string): Value;
  /** A raw word, for what no value can say. */
  setRaw(unit: number, table: Register['table'], address: number, word: number): void;
  /** Told every point a master writes. */
  onWrite(heard: (unit: number, point: string, value: Value) => void): void;
  /** Misbehaves from now on; several faults may be set, the first that fits a request is done. */
  fault(fault: ModbusFault, scope?: FaultScope): Promise<void>;
  /** Behaves again. */
  heal(): Promise<void>;
  /** Requests that reached a unit so far. */
  asked(unit: number): number;
  /** Connections accepted so far. */
  connections(): number;
  close(): Promise<void>;
}

const TABLE_OF: Readonly<Record<number, Register['table']>> = {
  1: 'coil',
  2: 'discrete',
  3: 'holding',
  4: 'input',
  5: 'coil',
  6: 'holding',
  15: 'coil',
  16: 'holding',
};

/** Starts a simulated line on loopback. */
export async function modbusSimulator(options: ModbusSimulatorOptions): Promise<ModbusSimulator> {
  const line = new SimulatedLine(options);
  await line.listen(options.port ?? 0);
  return line;
}

class SimulatedLine implements ModbusSimulator {
  readonly #framing: Framing;
  readonly #units = new Map<number, Registers>();
  readonly #asked = new Map<number, number>();
  readonly #sockets = new Set<Socket>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #faults: { fault: ModbusFault; scope: FaultScope; left: number }[] = [];
  #heard: (unit: number, point: string, value: Value) => void = () => undefined;
  #server: Server | undefined;
  #connections = 0;
  port = 0;

  constructor({ units, framing }: ModbusSimulatorOptions) {
    this.#framing = framing === 'rtu' ? rtuFraming : tcpFraming;
    for (const { unit, profile } of units)
      this.#units.set(unit, new Registers(profile, (point, value) => this.#heard(unit, point, value)));
  }

  async listen(port: number): Promise<void> {
    const server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    this.#server = server;
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    this.port = address.port;
  }

  #of(unit: number): Registers {
    const registers = this.#units.get(unit);
    if (registers === undefined) throw new Error(`no simulated unit ${unit}`);
    return registers;
  }

  set(unit: number, point: string, value: Value): void {
    this.#of(unit).set(point, value);
  }

  get(unit: number, point: string): Value {
    return this.#of(unit).get(point);
  }

  setRaw(unit: number, table: Register['table'], address: number, word: number): void {
    this.#of(unit).setRaw(table, address, word);
  }

  onWrite(heard: (unit: number, point: string, value: Value) => void): void {
    this.#heard = heard;
  }

  asked(unit: number): number {
    return this.#asked.get(unit) ?? 0;
  }

  connections(): number {
    return this.#connections;
  }

  async fault(fault: ModbusFault, scope: FaultScope = {}): Promise<void> {
    if (fault.do === 'refuse') return this.#stop();
    this.#faults.push({ fault, scope, left: scope.times ?? Number.POSITIVE_INFINITY });
  }

  async heal(): Promise<void> {
    this.#faults = [];
    if (this.#server === undefined) await this.listen(this.port);
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    await this.#stop();
  }

  async #stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    const closed = once(server, 'close');
    server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #accept(socket: Socket): void {
    const single = this.#faults.some(({ fault }) => fault.do === 'single');
    if (single && this.#sockets.size > 0) {
      socket.destroy();
      return;
    }
    this.#connections += 1;
    this.#sockets.add(socket);
    // A master that resets its connection is no fault of the device.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
    let pending: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      const { requests, rest } = this.#framing.cut(Buffer.concat([pending, chunk]));
      pending = rest;
      for (const request of requests) this.#serve(socket, request);
    });
  }

  #serve(socket: Socket, request: Request): void {
    this.#asked.set(request.unit, this.asked(request.unit) + 1);
    const registers = this.#units.get(request.unit);
    // A bus has no one to say that a unit is missing.
    if (registers === undefined) return;
    const fault = this.#fits(request);
    if (fault === undefined) socket.write(this.#framing.wrap(request, registers.answer(request.pdu)));
    else this.#misbehave(socket, request, registers, fault);
  }

  #fits({ unit, pdu }: Request): ModbusFault | undefined {
    const found = this.#faults.find(
      ({ scope, left, fault }) =>
        left > 0 &&
        fault.do !== 'single' &&
        (scope.unit ?? unit) === unit &&
        (scope.table === undefined || scope.table === TABLE_OF[pdu.readUInt8(0)]) &&
        (scope.address === undefined || scope.address === pdu.readUInt16BE(1)),
    );
    if (found !== undefined) found.left -= 1;
    return found?.fault;
  }

  #misbehave(socket: Socket, request: Request, registers: Registers, fault: ModbusFault): void {
    if (fault.do === 'cut') {
      socket.destroy();
      return;
    }
    const bytes = distort(fault, request, registers.answer(request.pdu), this.#framing);
    if (bytes === undefined) return;
    if (fault.do === 'late') this.#later(fault.ms, () => socket.write(bytes));
    else if (fault.do === 'bytes') this.#dribble(socket, bytes);
    else socket.write(bytes);
  }

  #later(ms: number, then: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      then();
    }, ms);
    this.#timers.add(timer);
  }

  #dribble(socket: Socket, bytes: Buffer): void {
    if (bytes.length === 0 || socket.destroyed) return;
    socket.write(bytes.subarray(0, 1));
    this.#later(1, () => this.#dribble(socket, bytes.subarray(1)));
  }
}
