/** A TCP port for a simulator, found beside whatever else runs on the machine. It starts no process. */
import { createServer } from 'node:net';

/** A TCP port of this machine that is free now: `wanted`, or any. Rejects when the wanted one is taken. */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once('error', reject);
  server.listen(wanted, '127.0.0.1', () => {
    const address = server.address();
    server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
  });
  return await promise;
}
