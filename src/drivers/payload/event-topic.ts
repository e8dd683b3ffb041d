/**
 * The topics of ONVIF events over MQTT, as a camera's event broker publishes them (ONVIF Core Specification, "Event Broker"):
 * `<prefix>/onvif-ej/<topic>/&<source>/<source>…`. A model names the topic alone; which rule or source told is not told apart.
 * It must never touch a topic that is none of these.
 */

/** What says that the payload is an ONVIF event in JSON. */
const PAYLOAD = '/onvif-ej/';

/**
 * The topic without its sources and without namespaces, which some firmware leaves in:
 * `cam/onvif-ej/Device/tns1:Trigger/&1` → `cam/onvif-ej/Device/Trigger`. Undefined when it is no ONVIF event.
 */
export function eventTopic(topic: string): string | undefined {
  const at = topic.indexOf(PAYLOAD);
  if (at < 0) return undefined;
  const local = topic.slice(at + PAYLOAD.length).replace(/\/&.*$/s, '');
  return topic.slice(0, at) + PAYLOAD + local.replace(/(^|\/)[A-Za-z]\w*:/g, '$1');
}
