/**
 * In what the parts of a configuration about the way outward disagree: platforms, receiving centres, relays, and the server itself. It must
 * never show a key.
 */
import type { Words } from '../words.ts';
import { foundExpected } from './config-shape-words.ts';

export const tlsAndAuthority: Words = {
  zh: 'tls 和 authority 都写了；只应写其中一个',
  en: 'tls and authority are both written; expected one of them',
};

export const platformsOwnId = (found: Words): Words => ({
  zh: `${found.zh} 是平台的编号；请换一个`,
  en: `found ${found.en}, the id of the platform; expected another`,
});

export const zoneOrDevice = (more: Words): Words => ({
  zh: `应为防区或设备的编号${more.zh}`,
  en: `expected the id of a zone or a device${more.en}`,
});

export const idTaken = (found: Words): Words => ({
  zh: `编号 ${found.zh} 已被占用`,
  en: `the id ${found.en} is taken already`,
});

export const aesKeyLength: Words = {
  zh: 'AES 密钥长度不对；应为 32、48 或 64 位十六进制数字，或 16、24 或 32 个字符',
  en: 'the AES key has another length; expected 32, 48 or 64 hexadecimal digits, or 16, 24 or 32 characters',
};

export const keyInTheClear = (found: Words): Words =>
  foundExpected(found, {
    zh: ' https:// 的地址，或校内的地址：否则密钥会明文传出',
    en: 'one with https://, or one inside the school: the key would go there in the clear',
  });

/** `key`: how the key is shown; empty where there is none. */
export const sentByRelay = (found: Words, key: string): Words => ({
  zh: `消息和密钥${key}发往 ${found.zh}，而不是厂商自己的服务器`,
  en: `messages and the key${key} are sent to ${found.en}, instead of to the vendor's own servers`,
});

export const requiredOfWhom: Words = {
  zh: '要求学校出示证书时，还须写 clientAuthority：给学校签发证书的根证书文件',
  en: 'expected clientAuthority beside it: the root that vouches for schools',
};

export const urlOrFolder: Words = {
  zh: '应写 url 或 folder 之一，不能都写',
  en: 'expected either url or folder, and not both',
};
