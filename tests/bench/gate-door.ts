/**
 * The program's door with one more device model, the bench unit, whose poll period comes from the environment: the
 * gateway itself takes its models from `devices/` only, and a model made for measuring has no place there.
 */
import { fileURLToPath } from 'node:url';
import { openApp } from '../../src/app/app.ts';
import { loadCatalog } from '../../src/site/device-catalog.ts';
import { loadConfig } from '../../src/site/load-site.ts';
import { serviceLog } from '../../src/world/logs.ts';
import { realWorld } from '../../src/world/world.ts';
import { plantProfile } from './plant.ts';

const catalog = await loadCatalog(fileURLToPath(new URL('../../devices', import.meta.url)));
const unit = plantProfile(Number(process.env.BENCH_POLL_MS));
const loaded = await loadConfig(
  process.argv[process.argv.indexOf('--config') + 1]!,
  process.env,
  catalog.set(unit.id, unit),
);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
const ui = fileURLToPath(new URL('../../dist/ui', import.meta.url));
const house = await openApp(loaded.config, { version: 'bench', ui, world: realWorld(serviceLog()) });
process.once('SIGTERM', async () => {
  await house.stop();
  process.exit(0);
});
