/**
 * The air between a phone and the gateway: a relay of TCP that can lose its network as a cellar does. While it is lost nothing is
 * refused and nothing is answered: bytes go nowhere. What was open then stays dead also afterwards, as after a change of cells.
 */
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Air {
  /** Where the phone finds the gateway. */
  readonly url: string;
  /** From now on nothing gets through. */
  lose(): void;
  /** What is opened from now on gets through. */
  find(): void;
  end(): void;
}

/** Opens the air in front of a gateway; whoever opened it ends it. */
export async function openAir(gateway: string): Promise<Air> {
  const to = Number(new URL(gateway).port);
  const sockets = new Set<Socket>();
  let lost = false;
  const hold = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((phone) => {
    hold(phone);
    if (lost) return void phone.pause();
    const far = connect(to, '127.0.0.1');
    hold(far);
    for (const [one, other] of [[phone, far] as const, [far, phone] as const])
      one.on('close', () => lost || other.destroy());
    phone.pipe(far);
    far.pipe(phone);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the air did not open');
  return {
    url: `http://127.0.0.1:${address.port}`,
    lose() {
      lost = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    find() {
      lost = false;
    },
    end() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** The air for one test. */
export async function airFor(gateway: string): Promise<Air> {
  const air = await openAir(gateway);
  onTestFinished(air.end);
  return air;
}
