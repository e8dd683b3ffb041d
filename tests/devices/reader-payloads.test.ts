/** Card readers that publish plain MQTT: payloads as their firmware writes them, held against their models. */
import { describe, expect, test } from 'vitest';
import espRfid from '../../devices/patrol-reader-esp-rfid.ts';
import tasmota from '../../devices/patrol-reader-tasmota.ts';
import { decoder } from '../../src/drivers/payload/topic-decode.ts';

const now = Date.UTC(2026, 10, 24, 12);
const decode = decoder(
  [
    { id: 'east', profile: espRfid, options: { topic: 'frontdoor' } },
    { id: 'west', profile: tasmota, options: { topic: 'tele/tag-west' } },
  ],
  { maxBytes: 65_536, utcOffsetMin: 480 },
);
const said = (topic: string, payload: string) => decode(topic, Buffer.from(payload), now);

describe('a reader with ESP-RFID', () => {
  const time = Date.UTC(2026, 10, 24, 11, 59, 30);
  test.each([
    ['known', '"isKnown":"true","access":"Always","username":"Li"'],
    ['unknown', '"isKnown":"false","access":"Denied","username":"Unknown"'],
  ])('tells of a card that is %s to it', (_what, more) => {
    const payload = `{"cmd":"log","type":"access","time":${time / 1_000},${more},"uid":"f3ec6234","door":"frontdoor"}`;
    expect(said('frontdoor/send', payload)).toEqual({
      kind: 'report',
      report: { device: 'east', values: [['card', 'f3ec6234']], sourceTime: time },
    });
  });

  test('whose clock was never set loses its time and not its card', () => {
    const payload =
      '{"cmd":"log","type":"access","time":23852,"isKnown":"true","access":"Admin","username":"G","uid":"27373963"}';
    expect(said('frontdoor/send', payload)).toEqual({
      kind: 'report',
      report: { device: 'east', values: [['card', '27373963']] },
      problem: expect.anything(),
    });
  });

  test('is there while it beats', () => {
    const beat = '{"type":"heartbeat","time":1616731044,"ip":"192.168.1.211","door":"esp-rfid"}';
    expect(said('frontdoor/sync', beat)).toEqual({ kind: 'beat', device: 'east' });
  });
});

describe('a reader with Tasmota', () => {
  test.each([
    ['{"Time":"2026-11-24T19:59:30","PN532":{"UID":"E9F35959","DATA":""}}', 'pn532', 'E9F35959'],
    ['{"Time":"2026-11-24T19:59:30","RDM6300":{"UID":"008EC793"}}', 'rdm6300', '008EC793'],
    ['{"Time":"2026-11-24T19:59:30","Wiegand":{"UID":4302741608,"Size":34}}', 'wiegand', '4302741608'],
  ])('tells a card in %s, by the local time of the school', (payload, point, card) => {
    expect(said('tele/tag-west/SENSOR', payload)).toEqual({
      kind: 'report',
      report: { device: 'west', values: [[point, card]], sourceTime: Date.UTC(2026, 10, 24, 11, 59, 30) },
    });
  });

  test('tells how well it hears, and whether it is there', () => {
    const state = '{"Time":"2026-11-24T19:59:30","Uptime":"0T00:10:15","Wifi":{"AP":1,"RSSI":80,"Signal":-60}}';
    expect(said('tele/tag-west/STATE', state)).toMatchObject({ report: { values: [['signal', -60]] } });
    expect(said('tele/tag-west/LWT', 'Online')).toEqual({ kind: 'status', device: 'west', online: true });
    expect(said('tele/tag-west/LWT', 'Offline')).toEqual({ kind: 'status', device: 'west', online: false });
  });
});
