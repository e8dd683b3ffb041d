/**
 * The description of all that goes over MQTT here: of the models that come with the gateway, and of the topic the configuration tells outward
 * below. It reads and describes, and keeps nothing.
 */
import { fileURLToPath } from 'node:url';
import { describeMqtt } from '../../drivers/mqtt/mqtt-describe.ts';
import { asyncApi } from '../../outward/asyncapi.ts';
import { loadCatalog } from '../../site/device-catalog.ts';

const models = fileURLToPath(new URL('../../../devices', import.meta.url));

/** The document; `topic` stands for one where none is configured. */
export async function mqttDescription(version: string, topic = '{out}'): Promise<object> {
  return asyncApi(version, topic, describeMqtt([...(await loadCatalog(models)).values()]));
}
