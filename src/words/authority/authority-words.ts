/**
 * What is said of the school's own certificates: what is wrong with them and how it is mended, and what the command that makes
 * them tells whoever typed it. It must never say anything of what stands in a key.
 */
import { bothLanguages, type Words } from '../words.ts';

const replaceThem = {
  zh: '没有备份时运行 npm run certificates -- --replace 另做一套，之后每部手机都要重新安装根证书',
  en: 'without a backup, npm run certificates -- --replace makes others, and then every phone has to trust the new root',
};

export const authorityMissing = (folder: string): Words => ({
  zh: `${folder} 里没有学校自己的证书。如果手机已经信任过一套，请把那个目录放回原处或从备份恢复；如果还没有手机信任过，请运行 npm run certificates -- --replace。`,
  en: `There are no certificates of the school in ${folder}. If phones already trust some, put that folder back or restore it from a backup; if no phone does yet, run npm run certificates -- --replace.`,
});

export const authorityFileLost = (path: string): Words => ({
  zh: `缺少 ${path}，请从备份恢复；${replaceThem.zh}。`,
  en: `${path} is missing; restore it from a backup; ${replaceThem.en}.`,
});

export const authorityUnreadable = (path: string, code: string): Words => ({
  zh: `读不出 ${path}（${code}），请检查磁盘和读取权限：文件应属于运行网关的用户。`,
  en: `${path} cannot be read (${code}); check the disk and who may read it: the file should belong to the user that runs the gateway.`,
});

export const authorityMalformed = (path: string): Words => ({
  zh: `${path} 的内容已损坏，请从备份恢复；${replaceThem.zh}。`,
  en: `What stands in ${path} is broken; restore it from a backup; ${replaceThem.en}.`,
});

/** Key and certificates are not of one authority. */
export const authorityMixed = (folder: string): Words => ({
  zh: `${folder} 里的签发密钥和证书不是一套，请整个目录从备份恢复；${replaceThem.zh}。`,
  en: `The key and the certificates in ${folder} are not of one set; restore the whole folder from a backup; ${replaceThem.en}.`,
});

/** `from`, `now`: days. */
export const authorityNotYet = (from: string, now: string): Words => ({
  zh: `学校的根证书自 ${from} 起有效，而本机时钟是 ${now}：时钟不对，请校正后再试。`,
  en: `The school's root is valid from ${from} on, and this machine's clock says ${now}: the clock is wrong; set it right.`,
});

export const clockImpossible = (now: string): Words => ({
  zh: `本机时钟是 ${now}，不可能正确。证书里写有日期，请先校正时钟（timedatectl）再运行。`,
  en: `This machine's clock says ${now}, which cannot be right. Certificates hold dates: set the clock first (timedatectl), then run this again.`,
});

export const authorityEnds = (date: string): Words => ({
  zh: `学校的根证书 ${date} 到期，无法续期。请安排时间运行 npm run certificates -- --replace，并在每部手机上重新安装。如果离做证书还不到十年，请先核对本机时钟。`,
  en: `The school's root ends on ${date} and cannot be renewed. Plan a day for npm run certificates -- --replace and for installing the new one on every phone. If it was made less than ten years ago, check this machine's clock first.`,
});

export const addressGone = (gone: string, here: string): Words => ({
  zh: `证书里的地址 ${gone} 已不是本机地址（现在是 ${here}），手机打不开网页或会警告。请给网关固定原来的地址；确实要换地址时运行 npm run certificates -- --replace，并在每部手机上重新安装。`,
  en: `The certificate names ${gone}, which is no address of this machine any more (it has ${here}), so phones cannot open the pages or warn. Give the gateway its old address back and fix it; if it has to be another, run npm run certificates -- --replace and install the root on every phone again.`,
});

/** `until`: the day on which what is served runs out, when something is. */
export const renewalFailed = (why: Words, until: string | undefined): Words => ({
  zh: `服务器证书没有续成：${why.zh}${until === undefined ? '' : ` 现用证书 ${until} 到期。`}`,
  en: `The server's certificate was not renewed: ${why.en}${until === undefined ? '' : ` The one in use runs out on ${until}.`}`,
});

export const authorityUnwritten = (folder: string, code: string): Words => ({
  zh: `写不进 ${folder}（${code}），请检查磁盘空间和权限。原有文件没有改动。`,
  en: `Nothing could be written to ${folder} (${code}); check its free space and who may write there. What was there is unchanged.`,
});

export const folderNotEmpty = (folder: string): Words => ({
  zh: `${folder} 里有别的文件，证书应放在空目录或新目录里；请改 server.authority，或移走这些文件。`,
  en: `${folder} holds other files, and certificates want an empty or new folder; change server.authority, or move those files away.`,
});

// What the command says.

const both = (zh: string, en: string): string => bothLanguages({ zh, en });

export const badHostName = (said: string): string =>
  both(
    `--name ${said}：应为主机名或地址，例如 gatehouse.school.lan 或 192.168.8.10，不带 https://、端口或 *`,
    `--name ${said}: expected a name or an address, such as gatehouse.school.lan or 192.168.8.10, without https://, port or *`,
  );

export const nothingToCertify = both(
  '本机没有可用的名称或地址，请用 --name 给出打开网页所用的名称或地址',
  'this machine has no name or address of its own; give those by which pages are opened, each with --name',
);

export const trustStays = (folder: string, names: string, asked: string): string =>
  both(
    `没有改动：${folder} 里已有一套证书，手机信任的就是它；它只为 ${names} 担保，不含 ${asked}。要换成新的，请加 --replace，之后每部手机都要重新安装`,
    `nothing was changed: there are certificates in ${folder} that phones trust; they vouch for ${names} and not for ${asked}. To make others add --replace; then every phone has to trust the new root`,
  );

export const putAside = (path: string): string =>
  both(`原来的证书移到了 ${path}`, `the certificates from before were moved to ${path}`);

/** `made`: now, and not before. */
export const authorityStands = (folder: string, made: boolean): string =>
  made
    ? both(`学校自己的证书已做好：${folder}`, `the school's own certificates are made: ${folder}`)
    : both(
        `证书早已做好，手机信任的根证书没有改动：${folder}`,
        `the certificates were made before; the root that phones trust is unchanged: ${folder}`,
      );

export const serverRenewed = (until: string): string =>
  both(`服务器证书已重新签发，${until} 到期`, `the server's certificate was issued anew, until ${until}`);

export const vouchesFor = (names: string, until: string): string =>
  both(
    `  适用于 ${names}；服务器证书 ${until} 到期，网关会提前 60 天自动续期`,
    `for ${names}; the server's certificate lasts until ${until} and the gateway renews it 60 days ahead by itself`,
  );

export const rootFingerprint = (print: string): string =>
  both(`  根证书指纹 SHA-256（安装时核对）：${print}`, 'SHA-256 of the root, to compare when it is installed');

export const whatNext = both('接下来：', 'what to do next:');

/** A step with its number. */
export const authorityStep = {
  config: (n: number, file: string, path: string): string =>
    both(
      `  ${n}. 在 ${file} 的 server: 下写一行（有 tls: 就删去）`,
      `in ${file} write under server: (and take tls: away)`,
    ).concat(`\n       authority: ${path}`),
  restart: (n: number): string => both(`  ${n}. 重启网关`, 'start the gateway anew'),
  phones: (n: number, url: string): string =>
    both(
      `  ${n}. 在每部手机和电脑上打开 ${url}（第一次会警告，请选继续），按图安装并核对指纹`,
      `on every phone and computer open ${url} (it warns the first time: go on), follow the pictures and compare the fingerprint`,
    ),
  backup: (n: number): string =>
    both(
      `  ${n}. 运行一次 npm run backup：证书目录丢了，每部手机都要重新安装`,
      `run npm run backup once: without this folder every phone has to be visited again`,
    ),
} as const;

export const noAuthority: Words = {
  zh: '本网关没有学校自己的证书。',
  en: 'This gateway has no certificates of its own.',
};
