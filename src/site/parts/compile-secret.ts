/**
 * A part of the file as what runs on it is given: without its titles, with the secret itself in place of where it was read from, and with the path of a
 * certificate absolute. It must never write a secret anywhere else.
 */
import type { z } from 'zod';
import { type Given, given } from './compile-parts.ts';
import type { mqttOut } from './schema-mqtt-out.ts';

/** What a part of the file has a secret from, and whom it trusts. */
interface HasSecret {
  readonly ca?: string | undefined;
  readonly password?: string | undefined;
  readonly passwordFile?: string | undefined;
}

/** The part without where its secret is, and with `ca` as a path that holds from everywhere. */
export function withoutSecret<T extends object>(part: T & HasSecret, at: (path: string) => string) {
  const { password: _, passwordFile: __, ca, ...rest } = part;
  return { ...rest, ...(ca !== undefined && { ca: at(ca) }) };
}

type MqttOutPart = z.infer<typeof mqttOut>;
/** What the gateway tells a broker with. */
export type MqttOutConfig = Given<
  Omit<MqttOutPart, 'password' | 'passwordFile' | 'discovery'> & {
    readonly password: string | undefined;
    readonly discovery: string | undefined;
  }
>;

export function compileMqttOut(
  part: MqttOutPart,
  password: string | undefined,
  at: (path: string) => string,
): MqttOutConfig {
  const { discovery, ...rest } = withoutSecret(part, at);
  return given({ ...rest, password, discovery: discovery === false ? undefined : discovery });
}
