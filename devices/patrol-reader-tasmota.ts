/**
 * A card reader with the Tasmota firmware: a PN532 or RDM6300 module, or a Wiegand reader at its pins. Set the device's topic in the
 * configuration to `tele/<its topic>`. It also speaks below `stat/` and listens below `cmnd/`, which the gateway's own broker lets
 * nobody do; let it log in to a broker of the site that the gateway listens to (`mqtt-client`). Its clock has no offset: it
 * tells the local time of the school when its time zone is set so.
 */
import { profile } from '../src/profile/profile.ts';

const card = { keep: 'pulse', type: 'string', scan: true } as const;

export default profile({
  id: 'patrol-reader-tasmota',
  vendor: 'Tasmota',
  model: 'PN532, RDM6300 or Wiegand reader',
  family: 'reader',
  title: { zh: '读卡器（Tasmota 固件，MQTT）', en: 'Card reader (Tasmota firmware, MQTT)' },
  source:
    'Payloads as the firmware and the tests of Home Assistant’s tag scanner write them (SENSOR with the module’s name and UID). No maker stands behind them, and none was tried here.',
  // It tells its state every 300 s unless set otherwise; two and a half of them.
  staleMs: 750_000,
  commsPriority: 3,
  points: [
    { ...card, key: 'pn532', title: { zh: '刷卡（PN532）', en: 'Card (PN532)' } },
    { ...card, key: 'rdm6300', title: { zh: '刷卡（RDM6300）', en: 'Card (RDM6300)' } },
    { ...card, key: 'wiegand', title: { zh: '刷卡（Wiegand）', en: 'Card (Wiegand)' } },
    {
      key: 'signal',
      title: { zh: '无线信号', en: 'Wi-Fi signal' },
      keep: 'gauge',
      type: 'number',
      unit: 'dBm',
      deadband: 3,
    },
  ],
  wire: {
    protocol: 'mqtt',
    topics: [
      {
        name: 'SENSOR',
        taken: { field: 'Time', unit: 'iso' },
        points: {
          pn532: { field: 'PN532.UID' },
          rdm6300: { field: 'RDM6300.UID' },
          wiegand: { field: 'Wiegand.UID' },
        },
      },
      { name: 'STATE', points: { signal: { field: 'Wifi.Signal' } } },
    ],
    status: { name: 'LWT', online: 'Online', offline: 'Offline' },
  },
});
