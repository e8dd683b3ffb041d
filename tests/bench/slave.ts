/**
 * Twenty Modbus units of a hundred input registers each behind one TCP port, made with modbus-serial. Ninety-nine
 * registers wobble by one count, less than any deadband; the last one holds a number that is changed on request.
 * It counts what it serves, so that both sides of a comparison are counted by a third.
 */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import modbus from 'modbus-serial';
import { clock, play } from './peer.ts';
import { FLIP_REGISTER, REGISTERS, UNITS } from './plant.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

await play(async () => {
  const numbers = new Uint16Array(UNITS + 1);
  let served = 0;
  let flips = 0;
  const port = await freePort();
  const server = new modbus.ServerTCP(
    {
      getMultipleInputRegisters(first, length, unit, done) {
        served += length;
        const values = Array.from({ length }, (_, i) =>
          first + i === FLIP_REGISTER ? numbers[unit]! : 1_000 + ((served + i) % 2),
        );
        done(null, values);
      },
    },
    { host: '127.0.0.1', port, unitID: 255 },
  );
  await once(server, 'initialized');
  return {
    said: { port, registers: REGISTERS },
    acts: {
      /** Registers served so far. */
      served: () => served,
      /** Gives one unit a number no unit had before; returns it with the moment it changed. */
      flip(): { number: number; at: number } {
        flips += 1;
        numbers[1 + (flips % UNITS)] = flips;
        return { number: flips, at: clock() };
      },
    },
  };
});
