/**
 * How the test device of the canary says something: by the line that the configuration in force has it on. It decides nothing.
 */
import type { MqttDevice } from '../../drivers/connection-options.ts';
import type { LineDevice } from '../../drivers/line.ts';
import { speakAsCanary } from '../../drivers/mqtt/mqtt-canary.ts';
import type { Config } from '../../site/load-site.ts';
import { canaryNoLine } from '../../words/reach/canary-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';

/** Has the test device say over its wire that a canary is on its way. Rejects with a sentence for the operator. */
export const canaryWire =
  (config: () => Config, world: World) =>
  async (id: string, run: number): Promise<void> => {
    for (const { options, devices } of config().lines) {
      const device = devices.find((one) => one.id === id);
      if (device && options.protocol === 'mqtt-broker')
        return await speakAsCanary(options, device as LineDevice<MqttDevice>, run, world);
    }
    throw new WordedError(canaryNoLine(id));
  };
