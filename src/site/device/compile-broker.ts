/** The log-in with which a camera publishes its events by itself: that of its device of the embedded broker. It must never hold the line's own. */
import type { EventBrokerOptions } from '../../drivers/connection-options.ts';
import type { SiteFile } from '../site-schema.ts';
import { topicOf } from './compile-line.ts';

/** Of a line that has its camera publish: the broker, the device's id as user, its password and its topic. */
export function brokerOf(
  line: SiteFile['lines'][number],
  devices: SiteFile['devices'],
  secrets: ReadonlyMap<string, string>,
): EventBrokerOptions | undefined {
  if (line.protocol !== 'onvif' || !line.eventBroker) return undefined;
  const { address, device: id } = line.eventBroker;
  const at = devices.findIndex((one) => one.id === id);
  const device = devices[at];
  if (!device) return undefined;
  return { address, topicPrefix: topicOf(device), user: id, password: secrets.get(`devices.${at}`) ?? '' };
}
