/**
 * What is said of certificates: ones that cannot be used, and ones that soon run out or have. It must never say anything of
 * what stands in a key.
 */
import type { Words } from './words.ts';

export const certificateUnreadable = (path: string, code: string): Words => ({
  zh: `读不出证书或私钥 ${path}（${code}），请检查路径和读取权限。`,
  en: `The certificate or key ${path} cannot be read (${code}); check its path and who may read it.`,
});

export const certificateMalformed = (path: string): Words => ({
  zh: `${path} 不是可用的 PEM 证书或私钥。`,
  en: `${path} holds no PEM certificate or key that can be used.`,
});

export const noAuthorityIn = (path: string): Words => ({
  zh: `${path} 不是签发机构的证书：应为给学校签发证书的根证书。`,
  en: `${path} holds no certificate of an authority: it should be the root that vouches for schools.`,
});

export const certificateMismatched = (cert: string, key: string): Words => ({
  zh: `证书 ${cert} 与私钥 ${key} 不匹配。`,
  en: `The certificate ${cert} and the key ${key} do not belong together.`,
});

export const certificateExpires = (path: string, days: number, date: string): Words => ({
  zh: `证书 ${path} 还有 ${days} 天到期（${date}），请续期后运行 npm run reload。`,
  en: `The certificate ${path} runs out in ${days} days (${date}); renew it and run npm run reload.`,
});

export const certificateExpired = (path: string, date: string): Words => ({
  zh: `证书 ${path} 已于 ${date} 到期，浏览器和设备会拒绝连接；请续期后运行 npm run reload。`,
  en: `The certificate ${path} ran out on ${date}; browsers and devices will refuse it. Renew it and run npm run reload.`,
});
