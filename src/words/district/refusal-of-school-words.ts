/**
 * What a school is told, and what stands at the bureau, when the district does not take what the school says: the thing, and the remedy. One
 * sentence serves both ends, so that the two who telephone read the same.
 */
import type { Words } from '../words.ts';

/** Why a district does not take what a school says; the protocol lists the same. */
type RefusedFor =
  | 'key-unknown'
  | 'certificate-absent'
  | 'certificate-expired'
  | 'certificate-untrusted'
  | 'certificate-other'
  | 'certificate-withdrawn'
  | 'school-unknown'
  | 'protocol-old'
  | 'protocol-new'
  | 'malformed'
  | 'rewritten'
  | 'restored'
  | 'twice'
  | 'log-changed'
  | 'overgrown'
  | 'flooded'
  | 'quarantined'
  | 'file-unasked'
  | 'busy'
  | 'disk-full'
  | 'store-away';

const decided: Words = {
  zh: '区级在负责人于“学校”页作出决定前不再收入该校数据；学校照常工作。',
  en: 'The district takes nothing more in until its head decides on the page of schools; the school works on.',
};

/** Why a school is in quarantine, in a word, by the code of the refusal that put it there. */
const heldFor: Readonly<Record<string, Words>> = {
  rewritten: { zh: '历史记录不一致', en: 'its history is another' },
  restored: { zh: '放回了旧备份', en: 'an old backup was put back' },
  twice: { zh: '两台网关同时上报', en: 'two gateways speak for it' },
  'log-changed': { zh: '签名密钥已换', en: 'another key signs its journal' },
  overgrown: { zh: '未了结事项过多', en: 'more is open there than the district holds' },
  flooded: { zh: '一天内上报过多', en: 'more came in one day than the district takes' },
};

type Sentence = (school: string, of: Words, why: Words) => Words;

/** `of`: the detail in brackets, or nothing; `why`: what a school is in quarantine for. */
const sentences: Readonly<Record<RefusedFor, Sentence>> = {
  'key-unknown': () => ({
    zh: '区级不认识这个学校密钥，或者它已停用。请在区级“学校”页重新发放密钥，并写入学校配置。',
    en: 'The district does not know this key, or it was withdrawn. Have a new one made on the page of schools, and put it into the configuration of the school.',
  }),
  'certificate-absent': (school) => ({
    zh: `学校 ${school} 连接时没有出示证书，区级只接收出示证书的学校。请在区级签发（npm run district-certificate），写入学校配置的 certificate。`,
    en: `School ${school} showed no certificate, and the district takes none without one. Issue one (npm run district-certificate) and name it in certificate of the school's configuration.`,
  }),
  'certificate-expired': (school) => ({
    zh: `学校 ${school} 的证书已过期或尚未生效。请核对两边时钟，再在区级重新签发（npm run district-certificate）。`,
    en: `The certificate of school ${school} has run out, or is not valid yet. Check the clocks of both ends, then issue another (npm run district-certificate).`,
  }),
  'certificate-untrusted': (school) => ({
    zh: `学校 ${school} 出示的证书不是区级认可的机构签发的，或证书上没有学校编号。请换上区级签发的证书，并核对 clientAuthority。`,
    en: `The certificate that school ${school} shows is not of the authority that the district knows, or names no school. Use the one the district issued, and check clientAuthority.`,
  }),
  'certificate-other': (school, of) => ({
    zh: `学校 ${school} 出示的是另一所学校的证书${of.zh}。请换上本校的证书，并核对学校配置中的编号。`,
    en: `School ${school} shows the certificate of another school${of.en}. Put its own in place, and check the id in its configuration.`,
  }),
  'certificate-withdrawn': (school) => ({
    zh: `学校 ${school} 的证书已在区级“学校”页作废。请重新签发（npm run district-certificate）并在学校换上。`,
    en: `The certificate of school ${school} was withdrawn on the page of schools. Issue another (npm run district-certificate) and put it in place at the school.`,
  }),
  'school-unknown': (school) => ({
    zh: `区级没有编号为 ${school} 的学校，或密钥属于另一所学校。请核对学校配置中的编号。`,
    en: `The district has no school ${school}, or the key is another school's. Check the id in the configuration of the school.`,
  }),
  'protocol-old': (school, of) => ({
    zh: `学校 ${school} 的网关版本太旧${of.zh}，区级不能接收。请升级学校网关。`,
    en: `The gateway of school ${school} is too old for the district${of.en}. Update the gateway.`,
  }),
  'protocol-new': (school, of) => ({
    zh: `学校 ${school} 的网关版本比区级新${of.zh}。请升级区级服务。`,
    en: `The gateway of school ${school} is newer than the district${of.en}. Update the district.`,
  }),
  malformed: (school, of) => ({
    zh: `学校 ${school} 发来的内容不合协议${of.zh}。请联系维护人员。`,
    en: `What school ${school} sent is not as the protocol has it${of.en}. Call maintenance.`,
  }),
  'file-unasked': (school, of) => ({
    zh: `学校 ${school} 发来了没有要求的文件${of.zh}，或类型不符，没有收入。`,
    en: `School ${school} sent a file that no order asks for${of.en}, or of another type; it was not taken.`,
  }),
  rewritten: (school, of) => ({
    zh: `学校 ${school} 的日志与区级已存的不一致${of.zh}：历史记录被改写，或换成了另一份日志。请保存现场并查明原因。${decided.zh}`,
    en: `The journal of school ${school} does not agree with what the district holds${of.en}: its history was rewritten, or it is another journal. Keep everything as it is and find out why. ${decided.en}`,
  }),
  restored: (school, of) => ({
    zh: `学校 ${school} 的日志比区级已存的短${of.zh}：可能放回了旧备份。请从较新的备份恢复，或由负责人决定从新日志开始。${decided.zh}`,
    en: `The journal of school ${school} is shorter than what the district holds${of.en}: an old backup was put back. Restore a newer one, or have the head begin anew. ${decided.en}`,
  }),
  twice: (school, of) => ({
    zh: `有两台网关同时以学校 ${school} 的名义上报${of.zh}。请停掉其中一台。${decided.zh}`,
    en: `Two gateways speak for school ${school} at one time${of.en}. Stop one of them. ${decided.en}`,
  }),
  'log-changed': (school, of) => ({
    zh: `学校 ${school} 的日志签名密钥已换${of.zh}。请恢复原来的 proof.key，或由负责人决定从新日志开始。${decided.zh}`,
    en: `Another key signs the journal of school ${school}${of.en}. Restore its proof.key, or have the head begin anew. ${decided.en}`,
  }),
  overgrown: (school, of) => ({
    zh: `学校 ${school} 同时未了结的报警、设备和巡更过多${of.zh}，超出区级为一所学校保留的上限，像是网关失控或被冒用。请检查该校网关，处理完积压的报警，或由负责人决定从新日志开始。${decided.zh}`,
    en: `More alarms, devices and rounds are open at school ${school} at one time${of.en} than the district holds of any school, as when its gateway runs wild or is not its own. Look at the gateway and close what is open, or have the head begin anew. ${decided.en}`,
  }),
  flooded: (school, of) => ({
    zh: `学校 ${school} 一天内上报的记录过多${of.zh}，超出区级为一所学校保留的上限，像是网关失控或被冒用；没有收入的记录都还在学校。请检查该校网关，再由负责人决定继续接收，或从新日志开始。${decided.zh}`,
    en: `More came of school ${school} in one day${of.en} than the district takes of any school, as when its gateway runs wild or is not its own; what was not taken is all at the school. Look at the gateway, then have the head go on or begin anew. ${decided.en}`,
  }),
  quarantined: (school, _of, why) => ({
    zh: `学校 ${school} 的数据已被区级隔离（${why.zh}）。${decided.zh}`,
    en: `School ${school} is in quarantine at the district (${why.en}). ${decided.en}`,
  }),
  busy: () => ({
    zh: '区级正忙，稍后自动再试；数据保存在学校，不会丢失。',
    en: 'The district is busy; it is tried again by itself, and nothing is lost.',
  }),
  'disk-full': () => ({
    zh: '区级数据库磁盘已满，暂不能接收；数据保存在学校。请区级清理或扩容。',
    en: "The disk of the district's database is full; the data waits at the school. Have the district free or add space.",
  }),
  'store-away': () => ({
    zh: '区级数据库暂时连不上，稍后自动再试；数据保存在学校。',
    en: "The district's database cannot be reached; it is tried again by itself, and the data waits at the school.",
  }),
};

/** `detail`: numbers and names that the sentence needs; never a key. */
export function schoolRefused(code: RefusedFor, school: string, detail = ''): Words {
  const of = detail === '' ? { zh: '', en: '' } : { zh: `（${detail}）`, en: ` (${detail})` };
  const why = heldFor[detail] ?? { zh: '日志不一致', en: 'its journal does not agree' };
  return sentences[code](school, of, why);
}

/** A line that was kept to the letter and could not be read or folded; it is passed over. */
export const lineUnread = (school: string, seq: number, why: string): Words => ({
  zh: `学校 ${school} 第 ${seq} 行不能识别（${why}），已隔离，其余照常处理。请联系维护人员。`,
  en: `Line ${seq} of school ${school} cannot be read (${why}); it was set aside and all else goes on. Call maintenance.`,
});

/** More lines of one batch than are set aside one by one: the first and the last of the others, and how many. */
export const linesUnread = (school: string, from: number, to: number, lines: number): Words => ({
  zh: `学校 ${school} 第 ${from} 至 ${to} 行之间还有 ${lines} 行不能识别，原文都在日志里，其余照常处理。请联系维护人员。`,
  en: `${lines} more lines of school ${school}, between ${from} and ${to}, cannot be read; all of them are in the journal as they came, and all else goes on. Call maintenance.`,
});

/** `date`: the day on which the newest certificate of the school runs out. */
export const certificateEnds = (school: string, id: string, date: string): Words => ({
  zh: `学校 ${school} 的证书 ${id} 于 ${date} 到期。请重新签发（npm run district-certificate）并在学校换上，无须重启。`,
  en: `The certificate ${id} of school ${school} ends on ${date}. Issue another (npm run district-certificate) and put it in place at the school; nothing has to be started anew.`,
});

/** A school that cannot use the certificate files it was given. */
export const certificateUnread = (school: string): Words => ({
  zh: `学校 ${school} 读不出新放上的证书文件，暂用原来的证书，原证书到期后将连不上。请学校检查文件和读取权限（该校首页有具体原因），无须重启。`,
  en: `School ${school} cannot use the certificate files that were put in place; the ones before are used until they run out. The school has to look at the files and who may read them (its own pages say what is wrong); nothing has to be started anew.`,
});

/** The school's clock is not the district's: what it says happened then did not. */
export const clockApart = (school: string, seconds: number): Words => ({
  zh: `学校 ${school} 的时钟比区级${seconds > 0 ? '快' : '慢'} ${Math.abs(seconds)} 秒。请在该校和区级的机器上配置时间同步（NTP）。`,
  en: `The clock of school ${school} is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} the district's. Set up NTP at both ends.`,
});
