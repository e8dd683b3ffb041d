/**
 * What a school says of its way to the district: why nothing goes there, and the remedy. Whatever stands here, the school works on as before. It
 * must never carry a key or a text of the other side.
 */
import type { Words } from '../words.ts';

/** Why the district did not take it, by the code of its refusal. */
export const districtRefusals = {
  'key-unknown': {
    zh: '区级平台不认本校的密钥。请向区里要新的学校密钥，写进 district 的 password 后重启网关',
    en: "the district does not know this school's key; ask the bureau for a new one, put it into password of district and start the gateway anew",
  },
  'certificate-absent': {
    zh: '区级平台要求出示本校证书。请向区里要证书文件，写进 district 的 certificate 后重启网关',
    en: 'the district takes this school only with a certificate; ask the bureau for one, name its files in certificate of district and start the gateway anew',
  },
  'certificate-expired': {
    zh: '本校证书已过期或尚未生效。请先核对本机时钟，再向区里要新证书，放到原处即可，无须重启',
    en: 'the certificate of this school has run out, or is not valid yet; check the clock of this machine, then ask the bureau for another and put it in its place: nothing has to be started anew',
  },
  'certificate-untrusted': {
    zh: '区级平台不认本校证书的签发机构，或证书上没有学校编号。请换上区里签发的证书',
    en: 'the district does not know who issued the certificate of this school, or it names no school; use the one that the bureau issued',
  },
  'certificate-other': {
    zh: '本机用的是别校的证书。请换上本校证书，并核对 district 的 school',
    en: 'the certificate here is of another school; put that of this school in place, and check school of district',
  },
  'certificate-withdrawn': {
    zh: '本校证书已被区里作废。请向区里要新证书，放到原处即可，无须重启',
    en: 'the bureau has withdrawn the certificate of this school; ask for another and put it in its place: nothing has to be started anew',
  },
  'school-unknown': {
    zh: '区级平台没有这所学校。请与区里核对 district 的 school',
    en: 'the district has no such school; check school of district with the bureau',
  },
  'protocol-old': {
    zh: '本校网关的版本太旧，区级平台已不接收。请升级网关',
    en: 'this gateway is too old for the district; update the gateway',
  },
  'protocol-new': {
    zh: '本校网关的版本比区级平台新。请区里升级平台；升级后数据会自动补传',
    en: 'this gateway is newer than the district; the bureau has to update its service, and everything is sent then',
  },
  malformed: {
    zh: '区级平台读不懂本校发送的内容。请核对两边版本，并把网关日志交给维护人员',
    en: 'the district cannot read what this school sends; compare both versions and show the log of the gateway to whoever looks after it',
  },
  rewritten: {
    zh: '本校日志与区级平台先前收到的不一致，区里已停止接收。请查明日志是否被改动或替换，再由区负责人处理',
    en: 'the journal of this school is not what the district was sent before, and the district takes nothing more; find out whether it was altered or replaced, and let the head of the bureau decide',
  },
  restored: {
    zh: '本校日志比区级平台已有的少，像是恢复了旧备份，区里已停止接收。请换回较新的备份，或请区负责人处理',
    en: 'the journal of this school is shorter than what the district has, as after an old backup, and the district takes nothing more; put a newer backup back, or let the head of the bureau decide',
  },
  twice: {
    zh: '另有一台网关也在用本校的编号上报，区里已停止接收。请停掉多余的那台，再由区负责人处理',
    en: 'another gateway speaks for this school as well, and the district takes nothing more; stop the one that should not run, and let the head of the bureau decide',
  },
  'log-changed': {
    zh: '本校日志换了签名密钥，区里已停止接收。请查明数据目录是否被更换，再由区负责人处理',
    en: 'another key signs the journal of this school than before, and the district takes nothing more; find out whether the data folder was replaced, and let the head of the bureau decide',
  },
  overgrown: {
    zh: '本校同时未了结的报警、设备和巡更超出区级平台的上限，区里已停止接收。请查明网关为何产生这么多报警，处理积压，再由区负责人处理',
    en: 'more alarms, devices and rounds are open at this school at one time than the district holds, and it takes nothing more; find out why the gateway makes so many, close them, and let the head of the bureau decide',
  },
  flooded: {
    zh: '本校一天内上报的记录超出区级平台的上限，区里已停止接收；没有收下的都还在本机。请查明网关为何产生这么多记录，再由区负责人处理',
    en: 'more came of this school in one day than the district takes of any, and it takes nothing more; what it did not take is all here; find out why the gateway writes so much, and let the head of the bureau decide',
  },
  quarantined: {
    zh: '本校数据在区级平台被隔离，等区负责人处理',
    en: 'what this school sends is held back at the district until the head of the bureau decides',
  },
  'file-unasked': {
    zh: '区级平台没有要求发送这个文件，没有收下；请区里重新下达',
    en: 'the district has no order that asks for this file and did not take it; the district may ask again',
  },
  busy: {
    zh: '区级平台正忙，稍后自动再发',
    en: 'the district is busy; it is sent again by itself',
  },
  'disk-full': {
    zh: '区级平台磁盘已满，暂不接收。请通知区里清理磁盘；之后自动补传',
    en: 'the disk of the district is full and it takes nothing; tell the bureau, everything is sent once there is room',
  },
  'store-away': {
    zh: '区级平台的数据库暂不可用，恢复后自动补传。若持续，请通知区里',
    en: 'the database of the district is away; everything is sent once it is back; tell the bureau if it lasts',
  },
} as const satisfies Readonly<Record<string, Words>>;

/** `code`: a reason that this version does not know. */
export const districtRefusesOtherwise = (code: string): Words => ({
  zh: `区级平台没有接收，原因（${code}）本版本网关不认识。请升级网关；若仍如此，请通知区里`,
  en: `the district refuses for a reason this gateway does not know (${code}); update the gateway, and tell the bureau if it stays`,
});

export const districtUnreachable = (code: string): Words => ({
  zh: `连不上区级平台（${code}），请检查 district 的 url、外网、DNS 和防火墙；恢复后自动补传`,
  en: `the district cannot be reached (${code}); check url of district, the way out, DNS and the firewall; everything is sent once it is back`,
});

export const districtExpired: Words = {
  zh: '区级平台的证书已过期，或本机时钟不对。请先核对本机时间，再通知区里更换证书',
  en: "the certificate of the district has expired, or this machine's clock is wrong; check the clock, then tell the bureau to renew it",
};

export const districtNotYetValid: Words = {
  zh: '区级平台的证书还没有生效，多半是本机时钟慢了。请核对本机时间',
  en: "the certificate of the district is not valid yet; most likely this machine's clock is behind: check it",
};

export const districtUntrusted = (code: string): Words => ({
  zh: `区级平台的证书不可信（${code}），请核对 district 的 url 和 ca 文件`,
  en: `the certificate of the district cannot be trusted (${code}); check url and ca of district`,
});

export const districtWantsCertificate = (code: string): Words => ({
  zh: `区级平台不接受本校的客户端证书（${code}）。请核对 district 的 certificate，过期的请向区里换新`,
  en: `the district does not accept the certificate of this school (${code}); check certificate of district, and ask the bureau for a new one where it has expired`,
});

export const districtFileUnreadable = (path: string, code: string): Words => ({
  zh: `读不出 district 的证书文件 ${path}（${code}），请检查路径和读取权限。读过的旧证书仍在使用，能读出后自动换上，无须重启`,
  en: `the certificate file ${path} of district cannot be read (${code}); check its path and who may read it. One that was read before goes on being used, and the new one is taken by itself once it can be read`,
});

export const districtFileMalformed = (path: string): Words => ({
  zh: `district 的证书文件 ${path} 不是可用的 PEM 证书或私钥，请放上区里给的文件。读过的旧证书仍在使用，换好后自动生效，无须重启`,
  en: `the certificate file ${path} of district holds no PEM certificate or key that can be used; put the bureau's file there. One that was read before goes on being used, and the new one is taken by itself`,
});

export const districtPairApart = (cert: string, key: string): Words => ({
  zh: `district 的证书 ${cert} 与私钥 ${key} 不是一对，请把区里给的两个文件一起放上。读过的旧证书仍在使用，换好后自动生效，无须重启`,
  en: `the certificate ${cert} and the key ${key} of district do not belong together; put both files of the bureau in place. The pair that was read before goes on being used, and the new one is taken by itself`,
});

/** `days`: until it runs out; negative when it has. */
export const ownCertificateEnds = (path: string, days: number, date: string): Words =>
  days >= 0
    ? {
        zh: `本校出示给区级平台的证书 ${path} 还有 ${days} 天到期（${date}）。请向区里要新证书，放到原处即可，无须重启`,
        en: `the certificate ${path} that this school shows the district runs out in ${days} days (${date}); ask the bureau for another and put it in its place: nothing has to be started anew`,
      }
    : {
        zh: `本校出示给区级平台的证书 ${path} 已于 ${date} 到期。请向区里要新证书，放到原处即可，无须重启`,
        en: `the certificate ${path} that this school shows the district ran out on ${date}; ask the bureau for another and put it in its place: nothing has to be started anew`,
      };

export const districtSilent = (seconds: number): Words => ({
  zh: `区级平台 ${seconds} 秒内没有答复，会自动再试；若持续，请检查外网并通知区里`,
  en: `the district did not answer within ${seconds} s and is asked again; if it lasts, check the way out and tell the bureau`,
});

export const districtElsewhere = (status: number): Words => ({
  zh: `区级平台的地址要求转到别处（${status}），上报不跟随。请在 district 的 url 写最终地址，并检查外网是否要先登录`,
  en: `the address of the district leads elsewhere (${status}), which is not followed; write the final address into url of district, and see whether the way out asks for a log-in first`,
});

export const districtForeign = (status: number): Words => ({
  zh: `答复的不是区级平台（${status}），中间可能隔着代理或上网登录页。请核对 district 的 url，并让代理放行`,
  en: `what answers is not the district (${status}); a proxy or a log-in page of the way out may stand between: check url of district and let the proxy pass it`,
});

export const districtDown = (status: number): Words => ({
  zh: `区级平台的服务没有运行（${status}），恢复后自动补传。若持续，请通知区里`,
  en: `the service of the district does not run (${status}); everything is sent once it is back; tell the bureau if it lasts`,
});

export const districtTooLarge = (status: number): Words => ({
  zh: `中间的代理嫌一次上报太大（${status}），已改为小批发送。若仍不行，请放宽代理的大小限制`,
  en: `a proxy on the way finds what is sent too large (${status}); smaller batches are tried; if they fail, too, raise the limit of the proxy`,
});

export const districtStandsStill: Words = {
  zh: '区级平台答复了，但没有收下任何记录，会自动再发。若持续，请通知区里查看平台日志',
  en: 'the district answered and took nothing; it is sent again; if it lasts, tell the bureau to look into its log',
};

/** `seconds`: how far this school's clock is ahead of the district's; behind when negative. */
export const districtClockOff = (seconds: number): Words => ({
  zh: `本校时钟比区级平台${seconds > 0 ? '快' : '慢'} ${Math.abs(seconds)} 秒。请检查两边的时间同步（NTP）`,
  en: `this school's clock is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} the district's; check the time service (NTP) at both ends`,
});

export const districtUnread = (lines: number): Words => ({
  zh: `本校有 ${lines} 条记录区级平台读不懂，已原样保存并隔离，其余照常。请核对两边版本，并告知区里`,
  en: `the district could not read ${lines} lines of this school; it keeps them as they came, set aside, and all else goes on; compare both versions, and tell the bureau`,
});

export const fileTooLarge = (mb: number): Words => ({
  zh: `文件超过 ${mb} MB，没有发给区级平台。请区里缩短日期范围再要`,
  en: `the file is larger than ${mb} MB and was not sent to the district; the bureau may ask for fewer days`,
});

/** `flaw`: another key signed it or it was altered; or it is for another school. */
export const orderForged = (flaw: 'forged' | 'other-school'): Words =>
  flaw === 'forged'
    ? {
        zh: '收到一条签名不对的区级指令，没有采用。请告知区里，并核对平台公钥',
        en: 'an order came that the district has not signed, and was not taken; tell the bureau, and compare the key of the district',
      }
    : {
        zh: '收到一条发给别校的区级指令，没有采用。请与区里核对 district 的 school',
        en: 'an order came that is meant for another school, and was not taken; check school of district with the bureau',
      };

export const districtWitnessChanged = (file: string): Words => ({
  zh: `区级平台换了签名公钥，它的签名和指令都不再采用。请与区里核对新公钥，确认后写进 district 的 witness，或删除 ${file} 并重启网关`,
  en: `the district signs with another key than before, and neither its signatures nor its orders are taken; compare the new key with the bureau, then put it into witness of district, or delete ${file} and start the gateway anew`,
});
