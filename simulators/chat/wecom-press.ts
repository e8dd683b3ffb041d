/**
 * Somebody presses the button of a card in WeCom: its server calls the application's address, signed and encrypted as its documents say.
 * It must never use code of the gateway: a mistake in both would be seen by nobody.
 */
import { createCipheriv, createHash, randomBytes } from 'node:crypto';

/** Who presses what, and what both sides know. */
export interface WecomPress {
  readonly token: string;
  readonly key: string;
  readonly corp: string;
  readonly agent: number;
  readonly user: string;
  readonly button: string;
  /** Seconds since the epoch; now without it. */
  readonly at?: number;
}

/** The call that a text makes: what follows `?` in the address, and the body. */
export function wecomCall({ token, key, corp, at }: Omit<WecomPress, 'user' | 'button' | 'agent'>, text: string) {
  const aes = Buffer.from(`${key}=`, 'base64');
  const said = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(said.length);
  const whole = Buffer.concat([randomBytes(16), length, said, Buffer.from(corp)]);
  const padding = 32 - (whole.length % 32);
  const cipher = createCipheriv('aes-256-cbc', aes, aes.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([whole, Buffer.alloc(padding, padding)]);
  const encrypted = Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
  const timestamp = String(at ?? Math.floor(Date.now() / 1_000));
  const nonce = randomBytes(6).toString('hex');
  const signature = createHash('sha1').update([token, timestamp, nonce, encrypted].sort().join('')).digest('hex');
  const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce });
  return {
    query,
    encrypted,
    body: `<xml><ToUserName><![CDATA[${corp}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
  };
}

/** The call of a button that was pressed. */
export function wecomPressed(press: WecomPress) {
  const field = (name: string, text: string) => `<${name}><![CDATA[${text}]]></${name}>`;
  const at = press.at ?? Math.floor(Date.now() / 1_000);
  return wecomCall(
    { ...press, at },
    `<xml>${field('ToUserName', press.corp)}${field('FromUserName', press.user)}<CreateTime>${at}</CreateTime>${field('MsgType', 'event')}${field('Event', 'template_card_event')}${field('EventKey', press.button)}${field('TaskId', 'x')}<AgentID>${press.agent}</AgentID></xml>`,
  );
}
