/** A process that cuts what may be cut, a few lines at a time, and says each fact of it as soon as it is on the disk. */
import { writeSync } from 'node:fs';
import { gatewayOver } from './cut-gateway.ts';

const { gateway, cut, close } = await gatewayOver(process.argv[2]!, Number(process.argv[3]));
gateway.listen({
  batch: ({ events }) => {
    for (const event of events) if (event.kind === 'pruned') writeSync(1, `${event.seq}\n`);
  },
  site: () => undefined,
});
await cut(25);
await close();
writeSync(1, 'done\n');
