/**
 * What the file of one incident says: its readme, the head of its time line on paper, and why it could not be made.
 */
import type { Words } from '../../core/types.ts';

export const linesUnsigned: Words = {
  zh: '这些记录还没有签名。网关启动后一分钟内开始签名：请稍后再试；若网关报告日志有缺失，请先处理。',
  en: 'These records are not signed for yet. The gateway signs from its first minute on: try again soon; if it says that its journal lacks records, see to that first.',
};
export const linesOtherwise: Words = {
  zh: '日志与签名的存证对不上：有记录被改动或缺失。请停用本机日志、保留现场，并运行 npm run verify。',
  en: 'The journal does not agree with what was signed: a record was altered or is missing. Touch nothing and run npm run verify.',
};
export const caseRuns: Words = {
  zh: '正在生成另一份事件档案，请稍候再试。',
  en: 'The file of another incident is being made; try again in a moment.',
};
export const caseTooLarge = (most: number): Words => ({
  zh: `这个事件的记录超过 ${most} 条，请改用 npm run export 按天导出。`,
  en: `This incident has more than ${most} records; export its days with npm run export.`,
});
export const caseFailed: Words = {
  zh: '事件档案没有生成，请再试一次；详情见网关日志。',
  en: 'The file of the incident could not be made. Try again; the log of the gateway says why.',
};

export const caseTitle: Words = { zh: '事件档案', en: 'File of an incident' };
export const caseHeads = {
  made: { zh: '生成', en: 'made' },
  alarm: { zh: '报警', en: 'alarm' },
  place: { zh: '地点与类型', en: 'place and kind' },
  raised: { zh: '发生', en: 'raised' },
  priority: { zh: '级别', en: 'priority' },
  time: { zh: '入库时间', en: 'learned' },
  record: { zh: '记录号', en: 'record' },
  told: { zh: '经过', en: 'what happened' },
  still: { zh: '图片或录像', en: 'picture or clip' },
} as const satisfies Record<string, Words>;
export const caseTimeline: Words = { zh: '经过（日志原话）', en: 'Time line, as the journal has it' };
export const caseStills: Words = { zh: '图片和录像', en: 'Pictures and clips' };
/** What is said of a picture. */
export const stillStates = {
  proved: { zh: '哈希在签名的记录里', en: 'its hash is in a signed record' },
  unproved: {
    zh: '记录里没有它的哈希（旧版本拍摄），不在证明之内',
    en: 'no record has its hash (older version): not proved',
  },
  differs: {
    zh: '与记录里的哈希不符：文件被改动，未收入',
    en: 'differs from the hash in its record: altered, left out',
  },
  gone: { zh: '图片或录像已按保留期限删除', en: 'no longer kept' },
  large: {
    zh: '录像太大，未收入；请在报警页面单独导出',
    en: 'too large for this file, left out: export the clip by itself beside its alarm',
  },
} as const satisfies Record<string, Words>;
export const caseProof = (size: number, key: string): Words => ({
  zh: `每条记录都在签名的存证里（日志共 ${size} 条，密钥编号 ${key}）。本页只供阅读，本身没有签名；以 entries.jsonl 为准，用 verify.html 校验。二维码是存证原文。`,
  en: `Each record is in the signed checkpoint (a journal of ${size} records, key ${key}). This paper is for reading and is not signed: what counts is entries.jsonl, checked with verify.html. The QR code is the checkpoint itself.`,
});

export const clipDiffers: Words = {
  zh: '录像文件与记录里的哈希不符：文件被改动，不能作为证据导出。请保留现场，并查看网关日志。',
  en: 'The file of the clip differs from the hash in its record: it was altered and is no evidence. Touch nothing, and look into the log of the gateway.',
};

/** Which seconds a clip covers, by the school's clock. */
export interface ClipSeconds {
  readonly from: string;
  readonly until: string | undefined;
  readonly raised: string;
}

/** Beside a clip that was taken away, for whoever opens the archive. */
export const clipReadme = (school: Words, alarm: number, { from, until, raised }: ClipSeconds): Words => ({
  zh: `${school.zh}：${alarm} 号报警的录像

录像覆盖的时间（本校时钟）：${from} 至 ${until ?? '（记录中未写明）'}，报警时间 ${raised}
时间按网关收到画面的时刻计，与摄像机画面上的时间可能不同；画面到达网关有不到一秒的延迟。

怎样校验
  双击 verify.html，用浏览器打开，把这个压缩包（或解压后的文件夹）拖进去。不联网，不需要安装任何软件。
  或在装有 Node 18 以上的电脑上运行  node verify.mjs

每个文件是什么
  clips/           录像（MP4）；哈希写在记录里
  entries.jsonl    报警和留存录像的两条记录。每行一条：seq 序号，line 记录原文
  proof.json       每条记录在 RFC 6962 树里的证明；录像的哈希
  checkpoint.note  签名的存证（C2SP checkpoint 格式，Ed25519 签名）；key.vkey 学校的公钥
  verify.html      校验网页；verify.mjs 校验程序

它能证明
  录像与留存时一字节不差，两条记录与签名时的日志一字不差。
它不能证明
  摄像机拍的就是当时当地；公钥真是学校的（请核对密钥编号）。README.txt 不在签名之内，时间以记录为准。
`,
  en: `${school.en}: the clip of alarm ${alarm}

Seconds it covers, by the school's clock: ${from} to ${until ?? '(not in the record)'}; the alarm was at ${raised}
They count when the gateway received the pictures, so the time written in the picture may be another; pictures reach the gateway
within a second.

How to check
  Open verify.html with a double click and drop the archive, or the folder unpacked from it, on it. It uses no network and needs nothing
  installed.
  Or, on any computer with Node 18 or newer:  node verify.mjs

What each file is
  clips/           the clip (MP4); its hash stands in a record
  entries.jsonl    the records of the alarm and of the clip's keeping, one a line: seq, its number; line, the record as it was written
  proof.json       for each record its proof in the tree of RFC 6962; the hash of the clip
  checkpoint.note  the signed checkpoint (C2SP checkpoint, Ed25519); key.vkey, the public key of the school
  verify.html      the page that checks, and verify.mjs, the program that does

What it proves
  That the clip is, to the byte, the one that was kept, and both records, to the letter, those of the journal when it was signed.
What it does not prove
  That the camera showed what was there then; that the key is the school's (compare its number). README.txt is not signed: what counts
  for the time is the record.
`,
});

/** Beside the records of an incident, for whoever opens the archive. */
export const caseReadme = (school: Words, incident: number): Words => ({
  zh: `${school.zh}：${incident} 号事件档案

怎样校验
  双击 verify.html，用浏览器打开，把这个压缩包（或解压后的文件夹）拖进去。不联网，不需要安装任何软件。
  或在装有 Node 18 以上的电脑上运行  node verify.mjs

每个文件是什么
  timeline.pdf     事件经过，供阅读（没有签名，以 entries.jsonl 为准）
  entries.jsonl    这个事件的全部记录。每行一条：seq 序号，line 记录原文
  proof.json       每条记录在 RFC 6962 树里的证明（从这条记录到根，一路旁边的哈希）；图片的哈希
  checkpoint.note  签名的存证：签名时日志一共多少条，Merkle 树根（C2SP checkpoint 格式，Ed25519 签名）
  key.vkey         学校的公钥；第一个 + 号后的八位是密钥编号
  stills/          报警时摄像机的图片；clips/ 报警前后的录像。哈希写在记录里
  verify.html      校验网页；verify.mjs 校验程序

它能证明
  每条记录与签名时的日志一字不差；每张图片、每段录像与拍摄入库时一字节不差。
它不能证明
  这个事件再没有别的记录：要看那几天的全部记录，请学校用 npm run export 按天导出。
  记录当初就是真的；公钥真是学校的（请核对密钥编号）；学校没有重写全部日志再签一次名（请与另存的存证比较）；
  校验程序本身没有被换掉（不放心时请用从别处得到的）。timeline.pdf 与 README.txt 不在签名之内。
`,
  en: `${school.en}: file of incident ${incident}

How to check
  Open verify.html with a double click and drop the archive, or the folder unpacked from it, on it. It uses no network and needs nothing
  installed.
  Or, on any computer with Node 18 or newer:  node verify.mjs

What each file is
  timeline.pdf     what happened, for reading (not signed; what counts is entries.jsonl)
  entries.jsonl    all records of this incident, one a line: seq, its number; line, the record as it was written
  proof.json       for each record its proof in the tree of RFC 6962 (the hashes beside the way up to the root); the hashes of pictures
  checkpoint.note  the signed checkpoint: how many records the journal had, the root of their tree (C2SP checkpoint, Ed25519)
  key.vkey         the public key of the school; the eight digits after the first + are its number
  stills/          pictures of cameras at the alarm; clips/: the seconds around it. Their hashes stand in records
  verify.html      the page that checks, and verify.mjs, the program that does

What it proves
  That each record is, to the letter, that of the journal when it was signed, and each picture and clip, to the byte, the one
  that was kept then.
What it does not prove
  That the incident has no other records: for all records of those days ask for an export (npm run export).
  That a record was true when it was made; that the key is the school's (compare its number); that the school has not written the whole
  journal anew and signed it again (compare a checkpoint kept elsewhere); that nobody exchanged the checker (in doubt, use one from
  elsewhere). timeline.pdf and README.txt are not signed.
`,
});
