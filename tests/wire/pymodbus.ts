/**
 * Debian's python3-pymodbus as a foreign Modbus device: starts the slave beside this file and turns its registers.
 * It ends only the process it started.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { PATIENCE_MS } from '../patience.ts';

const SCRIPT = fileURLToPath(new URL('./pymodbus-slave.py', import.meta.url));

type Table = 'coil' | 'discrete' | 'input' | 'holding';

/** A slave with units 1 and 2 on the map of `devices/tension-host-modbus.ts`, all wires at rest. */
export interface Pymodbus {
  readonly port: number;
  /** Zero-based address, raw value. */
  set(unit: number, table: Table, address: number, value: number): Promise<void>;
  get(unit: number, table: Table, address: number): Promise<number>;
  stop(): Promise<void>;
}

export async function startPymodbus(): Promise<Pymodbus> {
  const child = spawn('/usr/bin/python3', [SCRIPT], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-4000);
  });
  const waiting: ((line: string | undefined) => void)[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => waiting.shift()?.(line));
  lines.on('close', () => {
    for (const tell of waiting.splice(0)) tell(undefined);
  });
  /** The next line it prints, which must begin with this word. */
  const next = (word: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`pymodbus said nothing: ${complaint}`)), PATIENCE_MS);
      waiting.push((line) => {
        clearTimeout(limit);
        if (line?.startsWith(word)) resolve(line.slice(word.length).trim());
        else reject(new Error(`pymodbus said "${line ?? 'nothing more'}": ${complaint}`));
      });
    });
  const port = Number(await next('port'));
  return {
    port,
    async set(unit, table, address, value) {
      child.stdin.write(`set ${unit} ${table} ${address} ${value}\n`);
      await next('ok');
    },
    async get(unit, table, address) {
      child.stdin.write(`get ${unit} ${table} ${address}\n`);
      return Number(await next('value'));
    },
    async stop() {
      child.stdin.end();
      const limit = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      await ended;
      clearTimeout(limit);
    },
  };
}
