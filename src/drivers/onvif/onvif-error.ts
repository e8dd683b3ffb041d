/**
 * What can go wrong with a camera, in the operator's words. Cameras word a refused log-in in many ways; they are told
 * apart here and nowhere else. It must never put a password or a whole answer into a sentence.
 */
import type { Words } from '../../core/types.ts';

/** refused: log-in; unreachable: no answer; fault: it said no; garbage: its answer cannot be read; untrusted: its certificate. */
export type CameraTrouble = 'refused' | 'unreachable' | 'fault' | 'garbage' | 'untrusted';

/** What went wrong with a camera. The message is for the operator, Chinese first. */
export class CameraError extends Error {
  readonly trouble: CameraTrouble;
  readonly words: Words;
  /** The SOAP fault's or the socket's own words. */
  readonly detail: string;

  constructor(trouble: CameraTrouble, words: Words, detail: string) {
    super(`${words.zh} / ${words.en}`);
    this.trouble = trouble;
    this.words = words;
    this.detail = detail;
  }
}

/** The sentences, by kind of trouble. */
const KINDS: Readonly<Record<CameraTrouble, (name: string, detail: string, address: string) => Words>> = {
  refused: (name) => ({
    zh: `摄像机 ${name} 用户名或密码错误，请核对其 ONVIF 用户和摄像机时钟`,
    en: `camera ${name} refused the password; check its ONVIF user and password, and its clock`,
  }),
  unreachable: (name, detail, address) => ({
    zh: `摄像机 ${name} 无应答（${address}：${detail}），请检查供电和网络`,
    en: `camera ${name} did not answer at ${address} (${detail}); check its power and network`,
  }),
  untrusted: (name, detail) => ({
    zh: `摄像机 ${name} 的证书不受信任（${detail}），请将其证书颁发者加入 NODE_EXTRA_CA_CERTS`,
    en: `camera ${name} shows a certificate that is not trusted (${detail}); add its issuer to NODE_EXTRA_CA_CERTS`,
  }),
  fault: (name, detail) => ({
    zh: `摄像机 ${name} 拒绝了请求（${detail}），请检查其 ONVIF 设置`,
    en: `camera ${name} turned the request down (${detail}); check its ONVIF settings`,
  }),
  garbage: (name, detail) => ({
    zh: `摄像机 ${name} 的应答无法解读（${detail}），请核对地址是否为 ONVIF 设备服务`,
    en: `camera ${name} gave an answer that cannot be read (${detail}); check that the address is its ONVIF device service`,
  }),
};

/** The error of a kind for a camera: `name` is its id, `address` its accepted host. */
export function cameraError(trouble: CameraTrouble, name: string, detail: string, address: string): CameraError {
  return new CameraError(trouble, KINDS[trouble](name, detail, address), detail);
}

/** A refusal for want of a right log-in, in the wordings seen on cameras. */
const REFUSED =
  /not.?authori[sz]ed|unauthori[sz]ed|authority failure|failedauthentication|time check failed|digest auth/i;

/** What an error of the package means, with the answer's text and status where there was one. */
export function classify(
  error: Error,
  xml: string,
  status: number | undefined,
): { trouble: CameraTrouble; detail: string } {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const fault = /<(?:\w+:)?Subcode>\s*<(?:\w+:)?Value[^>]*>\s*(?:\w+:)?(\w+)/i.exec(xml)?.[1];
  if (status === 401 || REFUSED.test(error.message) || (fault !== undefined && REFUSED.test(fault)))
    return { trouble: 'refused', detail: fault ?? error.message };
  if (/CERT|SIGNED|TLS|SSL/.test(code)) return { trouble: 'untrusted', detail: code };
  if (code || /timeout|hang up/i.test(error.message)) return { trouble: 'unreachable', detail: code || error.message };
  if (/SOAP Fault/i.test(error.message))
    return { trouble: 'fault', detail: fault ?? error.message.replace(/^ONVIF SOAP Fault:\s*/i, '').slice(0, 200) };
  return { trouble: 'garbage', detail: error.message.split('\n')[0]!.slice(0, 200) };
}
