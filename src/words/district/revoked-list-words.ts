/** What the district says of the list of certificates that an authority has revoked (CRL), and of one that is withdrawn by its file. */
import type { Words } from '../words.ts';

export const listMalformed = (path: string): Words => ({
  zh: `${path} 不是可用的证书吊销列表（CRL，PEM 或 DER）。原来的列表仍然有效。`,
  en: `${path} holds no list of revoked certificates (CRL, PEM or DER) that can be used; the list of before goes on counting.`,
});

export const listOfNobody = (path: string): Words => ({
  zh: `${path} 里有吊销列表不是 clientAuthority 中的机构签发的。原来的列表仍然有效。`,
  en: `${path} holds a list that no authority in clientAuthority has signed; the list of before goes on counting.`,
});

/** `date`: when the next one was due. */
export const listOutdated = (path: string, date: string): Words => ({
  zh: `证书吊销列表 ${path} 应在 ${date} 前更新。列表中的证书仍按作废处理；请向签发机构要新的列表，放到原处即可。`,
  en: `The list of revoked certificates ${path} should have been renewed by ${date}. What it names stays withdrawn; get the new list of the authority and put it in its place.`,
});

export const revokedOfWhom: Words = {
  zh: '写了 clientRevoked，还须写 clientAuthority：给学校签发证书的根证书文件',
  en: 'expected clientAuthority beside it: the root that vouches for schools',
};

export const noSuchCertificate: Words = {
  zh: '请粘贴证书文件的全文（PEM），或 64 位十六进制的 SHA-256 指纹。',
  en: 'Paste the text of the certificate (PEM), or its SHA-256 fingerprint: 64 hexadecimal digits.',
};

export const certificateOfOther = (name: string): Words => ({
  zh: `这张证书是 ${name} 的，不是这所学校的。`,
  en: `This certificate is of ${name}, and not of this school.`,
});
