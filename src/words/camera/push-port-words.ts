/** What a port that devices push to says of itself. It must never tell a secret. */
import type { Words } from '../words.ts';

export const pushListens = (port: number): Words => ({
  zh: `推送端口 ${port} 已打开`,
  en: `port ${port} takes pushes`,
});

/** Somebody calls himself a device and does not know its secret. */
export const pushSecretWrong = (device: string, address: string): Words => ({
  zh: `${address} 以 ${device} 的名义推送，密钥不对，已拒收；请核对设备里的密钥`,
  en: `${address} pushes as ${device} with a wrong secret and is refused; compare the secret in the device`,
});

export const pushPortUnusable = (place: string, code: string): Words => ({
  zh: `推送端口 ${place} 打不开（${code}），请换一个端口，或关闭占用它的程序`,
  en: `port ${place} for pushes cannot be opened (${code}); take another, or close the program that has it`,
});

export const pushPairUnusable = (why: string): Words => ({
  zh: `推送端口的证书或私钥无法读取（${why}）`,
  en: `certificate or key of the port for pushes cannot be read (${why})`,
});
