/**
 * Prints what devices publish over MQTT, from the models themselves: topics, payload fields, what each becomes; and what the gateway tells a
 * broker of the school's.
 * It holds no words of its own, so it cannot disagree with the driver.
 */
import { fileURLToPath } from 'node:url';
import { describeMqttAsMarkdown } from '../drivers/mqtt/mqtt-describe.ts';
import { outwardAsMarkdown } from '../outward/asyncapi.ts';
import { loadCatalog } from '../site/device-catalog.ts';

/** Prints the description as Markdown; resolves with the exit code. */
export async function printMqtt(): Promise<number> {
  const models = await loadCatalog(fileURLToPath(new URL('../../devices', import.meta.url)));
  console.log(describeMqttAsMarkdown([...models.values()]));
  console.log(outwardAsMarkdown());
  return 0;
}
