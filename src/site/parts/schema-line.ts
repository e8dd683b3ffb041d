/**
 * The shape of a line: how the gateway reaches devices, a part for each protocol. What lines say about each other, and about their
 * devices, is `check`'s; a field that only one driver reads stands in that driver's part and nowhere else.
 */
import { z } from 'zod';
import { certificate, hasHost, host, id, port, secret, text, timeoutMs } from './schema-parts.ts';

const modbusTcp = z.strictObject({
  id,
  protocol: z.enum(['modbus-tcp', 'modbus-rtu-over-tcp']),
  host,
  port,
  timeoutMs,
});
const modbusSerial = z.strictObject({
  id,
  protocol: z.literal('modbus-rtu'),
  path: text.describe('Serial port, such as /dev/ttyUSB0'),
  baudRate: z.int().min(300).max(921_600).optional(),
  parity: z.enum(['none', 'even', 'odd']).optional(),
  dataBits: z.union([z.literal(7), z.literal(8)], { error: '7 or 8' }).optional(),
  stopBits: z.union([z.literal(1), z.literal(2)], { error: '1 or 2' }).optional(),
  timeoutMs,
});
const mqttBroker = z.strictObject({
  id,
  protocol: z.literal('mqtt-broker'),
  host,
  port,
  tls: certificate.optional(),
  tlsPort: port.optional().describe('Port of the encrypted listener; needs tls'),
  maxPacketBytes: z.int().min(256).max(16_777_216).optional(),
  maxClients: z.int().min(1).max(100_000).optional(),
});
const mqttClient = z.strictObject({
  id,
  protocol: z.literal('mqtt-client'),
  url: z
    .string()
    .regex(/^(mqtt|mqtts|ws|wss):\/\/[^/\s]+/, 'a broker address such as mqtts://broker.example:8883')
    .refine(hasHost, 'a broker address such as mqtts://broker.example:8883'),
  user: text.optional(),
  ...secret,
  clientId: text.max(64).describe('Fixed for this gateway: the broker keeps the session under this name'),
  connections: z.int().min(1).max(32).optional().describe('Lasting connections among which the devices are shared out'),
  shared: z
    .boolean()
    .optional()
    .describe('$share subscriptions instead: the broker shares out messages; some forget them at a restart'),
  ca: text.optional().describe('PEM file of the authority that signed the broker'),
});
const httpStream = z.strictObject({
  id,
  protocol: z.literal('http-stream'),
  address: z
    .string()
    .regex(
      /^https?:\/\/[^/\s@?#]+\/?$/,
      'the address alone, such as http://192.168.8.21, with :port where it is another',
    )
    .refine(hasHost, 'the address alone, such as http://192.168.8.21, with :port where it is another'),
  user: text.optional(),
  ...secret,
  timeoutMs,
  rtspPort: port.optional().describe('Port of its video; 554 when absent'),
});
const httpPush = z.strictObject({
  id,
  protocol: z.literal('http-push'),
  host,
  port,
  tls: certificate.optional(),
  maxBytes: z.int().min(256).max(1_048_576).optional(),
});
const onvif = z.strictObject({
  id,
  protocol: z.literal('onvif'),
  address: z
    .string()
    .regex(/^https?:\/\/[^/\s]+/, 'the device service, such as http://192.168.8.21/onvif/device_service')
    .refine(hasHost, 'the device service, such as http://192.168.8.21/onvif/device_service'),
  user: text.optional(),
  ...secret,
  timeoutMs,
  setClock: z
    .boolean()
    .optional()
    .describe(
      'Set the clock of the camera when it is off by more than two seconds and it has no time server of its own',
    ),
  eventBroker: z
    .strictObject({
      address: z
        .string()
        .regex(
          /^mqtts?:\/\/[^/\s@?#]+$/,
          'the embedded broker as the camera reaches it, such as mqtt://192.168.8.2:1883',
        )
        .refine(hasHost, 'the embedded broker as the camera reaches it, such as mqtt://192.168.8.2:1883'),
      device: id.describe('The device of the embedded broker as which it publishes, with its password and topic'),
    })
    .optional()
    .describe('The camera is told at each log-in to publish its events by itself (ONVIF Profile M)'),
});
/** One connection, by its protocol. */
export const line = z
  .discriminatedUnion('protocol', [modbusTcp, modbusSerial, mqttBroker, mqttClient, onvif, httpStream, httpPush])
  .describe('One connection to devices');
