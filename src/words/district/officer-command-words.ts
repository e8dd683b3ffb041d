/** What the commands for the district's officers say on a terminal. */
import type { Words } from '../words.ts';

/** What does not agree, and where. */
interface JournalFlawSaid {
  readonly what: 'line' | 'root' | 'gap' | 'cut';
  readonly at: number;
  readonly said?: number;
}

const flawed: Readonly<Record<JournalFlawSaid['what'], (at: string, said: string) => Words>> = {
  line: (at) => ({ zh: `第 ${at} 条被改动过`, en: `line ${at} was altered` }),
  root: (at) => ({ zh: `前 ${at} 条与见证过的不一致`, en: `the first ${at} lines are not what was cosigned` }),
  gap: (at) => ({ zh: `缺第 ${at} 条`, en: `line ${at} is missing` }),
  cut: (at, said) => ({
    zh: `${at} 条没有内容，留痕只说清除了 ${said} 条`,
    en: `${at} lines have no content, and the trail tells of ${said}`,
  }),
};

interface Issued {
  readonly key: string;
  readonly cert: string;
  readonly id: string;
  readonly until: string;
}

export const certificateCommand = {
  usage: {
    zh: '用法：npm run district-certificate -- 学校编号 --into 目录 --config 文件；目录里是签发机构，第一次运行时生成，请单独保管',
    en: 'Usage: npm run district-certificate -- SCHOOL --into DIR --config FILE; DIR holds the authority, made the first time: keep it apart',
  },
  founded: (root: string): Words => ({
    zh: `已生成签发学校证书的机构 ${root}；同目录的 schools-ca.key 能冒充任何学校，请离线保管并备份`,
    en: `an authority for schools was made: ${root}; schools-ca.key beside it can pass for any school: keep it offline, with a copy`,
  }),
  /** `id`: by which the page of schools names it; `key`, `cert`: where the files are. */
  issued: (school: string, { key, cert, id, until }: Issued): Words => ({
    zh: `学校 ${school} 的证书 ${id} 已签发，${until} 到期：把 ${key} 和 ${cert} 交给学校（写入 district 的 certificate），然后删去这份私钥`,
    en: `certificate ${id} of school ${school} was issued, until ${until}: bring ${key} and ${cert} to the school (certificate of district), then delete this copy of the key`,
  }),
  config: (root: string): Words => ({
    zh: `区级配置还没有启用证书：在 server 的 tls 下写 clientAuthority: ${root}，然后重启`,
    en: `certificates do not count yet: under tls of server write clientAuthority: ${root}, and start the district anew`,
  }),
} as const;

export const officerCommands = {
  usage: {
    zh: '用法：npm run district-user -- add 用户名 --role 角色 --config 文件；或 password 用户名；或 list',
    en: 'Usage: npm run district-user -- add NAME --role ROLE --config FILE; or password NAME; or list',
  },
  added: (name: string, password: string): Words => ({
    zh: `已新增 ${name}，初始密码 ${password}（只显示这一次，首次登录须更改）`,
    en: `${name} was added; first password ${password} (shown this once, changed at the first log-in)`,
  }),
  renewed: (name: string, password: string): Words => ({
    zh: `${name} 的新密码 ${password}（只显示这一次；验证码已重置，账号已启用）`,
    en: `new password of ${name}: ${password} (shown this once; codes were reset, the account is enabled)`,
  }),
  sound: (lines: number, head: string): Words => ({
    zh: `操作留痕 ${lines} 条全部相符，校验值 ${lines}:${head}`,
    en: `${lines} lines of the trail, all sound; check value ${lines}:${head}`,
  }),
  broken: (line: number): Words => ({
    zh: `操作留痕从第 ${line} 条起不相符：记录被改动、删除或插入过。`,
    en: `the trail does not agree from line ${line} on: a line was altered, taken out or put in.`,
  }),
  cut: (line: number): Words => ({
    zh: `操作留痕第 ${line} 条与记下的校验值不符：末尾记录被删除过，或全部被重写。`,
    en: `line ${line} of the trail is not what was written down: lines were cut off at the end, or all were made anew.`,
  }),
  journalsSound: (journals: number, lines: number, cut: number): Words => ({
    zh: `${journals} 份学校记录共 ${lines} 条，与校验值和见证全部相符；其中 ${cut} 条内容已到期清除，均有留痕。`,
    en: `${lines} lines of ${journals} journals agree with their hashes and with all that was cosigned; the content of ${cut} was cut, each told in the trail.`,
  }),
  journalBroken: (school: string, epoch: number, { what, at, said = 0 }: JournalFlawSaid): Words => ({
    zh: `${school} 的第 ${epoch} 份记录不相符：${flawed[what](String(at), String(said)).zh}。`,
    en: `journal ${epoch} of ${school} does not agree: ${flawed[what](String(at), String(said)).en}.`,
  }),
  knownShape: {
    zh: '--known 后面是以前显示的校验值：条数:64 位十六进制',
    en: '--known takes the check value as it was shown: LINES:64 hex digits',
  },
} as const;
