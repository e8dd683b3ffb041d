/**
 * The fence of a school as `config/campus.yaml` has it: three tension hosts of two zones and a contact module on one RS-485 bus behind a
 * serial server. Its wires hum, and a bit of an alarm word is set when asked. Whoever connects has a bus of his own, as slow as 9600 baud,
 * so that two masters beside each other do not talk into each other.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import contacts from '../../devices/dry-contact-modbus.ts';
import host from '../../devices/tension-host-modbus.ts';
import { modbusSimulator } from '../../simulators/modbus/modbus.ts';
import { Chance } from '../../simulators/virtual/chance.ts';
import { clock, play } from './peer.ts';
import { BAUD, CONTACTS_UNIT, HOST_UNITS } from './pixel-plan.ts';

const BITS_A_BYTE = 10;
const HUM_MS = 1_000;

/** Passes bytes on no faster than the wire carries them. */
function slowly(from: Socket, into: Socket): void {
  let free = 0;
  from.on('data', (bytes) => {
    free = Math.max(free, clock()) + (bytes.length * BITS_A_BYTE * 1_000) / BAUD;
    setTimeout(() => into.write(bytes), free - clock());
  });
  from.on('error', () => into.destroy());
  from.on('close', () => into.destroy());
}

await play(async () => {
  const units = HOST_UNITS.map((unit) => ({ unit, profile: host }));
  const line = await modbusSimulator({ framing: 'rtu', units: [...units, { unit: CONTACTS_UNIT, profile: contacts }] });
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port: line.port, host: '127.0.0.1', noDelay: true });
    slowly(near, far);
    slowly(far, near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  const chance = new Chance('wires');
  const wires = host.points.map(({ key }) => key).filter((key) => /^[ab]\d_/.test(key));
  const still = { tension: 150, base: 150, low: 100, high: 200 };
  const hum = (first: boolean) => {
    for (const unit of HOST_UNITS) {
      for (const key of wires) {
        const [, quantity] = key.split('_') as [string, keyof typeof still];
        if (quantity === 'tension') line.set(unit, key, still.tension + chance.between(-0.8, 0.8));
        else if (first) line.set(unit, key, still[quantity]);
      }
    }
  };
  for (const unit of HOST_UNITS) for (const zone of ['a', 'b']) line.set(unit, `${zone}_armed`, true);
  hum(true);
  setInterval(hum, HUM_MS, false);
  return {
    said: { port: (server.address() as AddressInfo).port },
    acts: {
      /** Sets a bit or takes it back; when that was. */
      flip({ unit, point, value }: { unit: number; point: string; value: boolean }): number {
        line.set(unit, point, value);
        return clock();
      },
    },
  };
});
