/** A camera that is to publish its events by itself, in the operator's words. It must never tell a password. */
import type { Words } from '../words.ts';

/** `detail`: the camera's own word for why. */
export const brokerRefused = (camera: string, broker: string, detail: string): Words => ({
  zh: `摄像机 ${camera} 未接受事件代理 ${broker} 的设置（${detail}），请在其网页的 MQTT 页面中手工设置，或删去该线路的 eventBroker；事件仍按原方式接收`,
  en: `camera ${camera} did not take the event broker ${broker} (${detail}); set it in its web page under MQTT, or take eventBroker out of the line; its events are received as before`,
});

/** The device named for it is none of the embedded broker. */
export const brokerDeviceExpected: Words = {
  zh: '应为内置 MQTT 代理（mqtt-broker）线路上的设备',
  en: 'expected a device on a line of the embedded broker (mqtt-broker)',
};
