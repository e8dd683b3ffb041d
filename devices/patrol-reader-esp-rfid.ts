/**
 * A card reader made of an ESP8266 with the ESP-RFID firmware (version 1) and its MQTT switched on: each card held to it is a
 * message under `send`, and its heartbeat one under `sync`. Set its MQTT topic to the device's topic of the configuration.
 * The door it can open is not used; its own list of users decides nothing here, and who a card belongs to says the configuration.
 */
import { profile } from '../src/profile/profile.ts';

export default profile({
  id: 'patrol-reader-esp-rfid',
  vendor: 'ESP-RFID',
  model: 'ESP8266 card reader, firmware 1.x',
  family: 'reader',
  title: { zh: '读卡器（ESP-RFID 固件，MQTT）', en: 'Card reader (ESP-RFID firmware, MQTT)' },
  source:
    'Payloads as programs that talk to the firmware document them (HackRVA memberserver; a list of MQTT topics of such readers). No maker stands behind them, and none was tried here.',
  // It beats every three minutes unless set otherwise; two and a half of them.
  staleMs: 450_000,
  commsPriority: 3,
  points: [{ key: 'card', title: { zh: '刷卡', en: 'Card' }, keep: 'pulse', type: 'string', scan: true }],
  wire: {
    protocol: 'mqtt',
    topics: [
      // Known to it or not: an unknown card is told with the name "Unknown" and the same field.
      { name: 'send', taken: { field: 'time', unit: 's' }, points: { card: { field: 'uid' } } },
      { name: 'sync', points: {} },
    ],
  },
});
