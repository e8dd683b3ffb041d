/**
 * What an exported part of the journal says of itself, what its checker says, and what the exporter refuses.
 */
import type { Words } from '../../core/types.ts';

/** What the checker beside an export says; it fills the holes itself. */
export const bundleSaid: Readonly<Record<string, Words>> = {
  whole: {
    zh: '未发现改动：第 {from} 至 {to} 条，共 {count} 条，与 {name} 签名的存证（{size} 条）一致。密钥编号 {id}，请与打印件或另存的编号核对。',
    en: 'Nothing was altered: records {from} to {to}, {count} in all, are those that {name} signed for ({size} records). Key {id}: compare it with one that was printed or kept elsewhere.',
  },
  caseWhole: {
    zh: '未发现改动：{count} 条记录、{pictures} 张图片，都在 {name} 签名的存证（{size} 条）里。密钥编号 {id}，请与打印件或另存的编号核对。',
    en: 'Nothing was altered: {count} records and {pictures} pictures are among what {name} signed for ({size} records). Key {id}: compare it with one that was printed or kept elsewhere.',
  },
  caseWithClips: {
    zh: '未发现改动：{count} 条记录、{pictures} 张图片、{clips} 段录像，都在 {name} 签名的存证（{size} 条）里。密钥编号 {id}，请与打印件或另存的编号核对。',
    en: 'Nothing was altered: {count} records, {pictures} pictures and {clips} clips are among what {name} signed for ({size} records). Key {id}: compare it with one that was printed or kept elsewhere.',
  },
  cutSaid: {
    zh: '其中 {count} 条已满保存期，学校按留存设置清除了内容：只能证明这些位置当时有记录、哈希未变，不能再证明写了什么。',
    en: '{count} of them were kept long enough, and the school cut their content by its settings for retention: it is proved that records stood there and that their hashes are unchanged, and no longer what they said.',
  },
  cutUnnamed: {
    zh: '第 {seq} 条的内容已不在，但没有签过名的清除记录与它相符：不是按留存设置清除的，而是被隐去或改动。',
    en: 'The content of record {seq} is gone, and no signed record of cutting agrees with it: it was not cut by the settings, but hidden or altered.',
  },
  altered: { zh: '第 {seq} 条被改动。', en: 'Record {seq} was altered.' },
  start: {
    zh: '第 {seq} 条被改动，或 proof.json 里它之前的哈希被改动。',
    en: 'Record {seq} was altered, or the hash before it in proof.json.',
  },
  resaved: {
    zh: '第 {seq} 条的写法与导出时不同：文件被别的程序另存过，或被改动过。请用原来的文件。',
    en: 'Record {seq} is not written as it was exported: the file was saved again by another program, or altered. Use the original.',
  },
  gone: { zh: '第 {seq} 条缺失。', en: 'Record {seq} is missing.' },
  moved: { zh: '第 {seq} 条不在它的位置：顺序被调换。', en: 'Record {seq} is out of its order.' },
  twice: { zh: '第 {seq} 条出现了两次。', en: 'Record {seq} stands there twice.' },
  surplus: { zh: '第 {seq} 条是多出来的。', en: 'Record {seq} is one too many.' },
  rewritten: {
    zh: '第 {from} 至 {to} 条彼此相符，但与签名的存证对不上：其中一部分连同此后的哈希被整体改写过，或 proof.json 被改动。',
    en: 'Records {from} to {to} agree with each other and not with the signed checkpoint: some of them were rewritten, with every hash after them, or proof.json was altered.',
  },
  unproved: {
    zh: '第 {seq} 条不在签名的存证里：它被改动，或 proof.json 里它的证明被改动。',
    en: 'Record {seq} is not in what was signed: it was altered, or its proof in proof.json.',
  },
  picture: { zh: '图片或录像 {name} 被改动。', en: 'The picture {name} was altered.' },
  badKey: { zh: 'key.vkey 不是有效的公钥。', en: 'key.vkey is no valid public key.' },
  badNote: {
    zh: '存证的签名不对：被改动过，或不是这把密钥签的。',
    en: 'The signature of the checkpoint does not hold: it was altered, or signed with another key.',
  },
  badKept: {
    zh: '另存的存证不是这把密钥签的，或被改动过：请确认它来自同一所学校。',
    en: 'The checkpoint kept elsewhere was not signed with this key, or was altered: make sure that it is of the same school.',
  },
  badProof: { zh: 'proof.json 被改动，或不是这次导出的。', en: 'proof.json was altered, or is of another export.' },
  otherRoot: {
    zh: '与另存的存证（{size} 条时签的）对不上：此前的日志在那之后被改写过，又签了一次名。',
    en: 'It does not agree with the checkpoint kept elsewhere, signed at {size} records: the journal before it was rewritten since, and signed again.',
  },
  otherSize: {
    zh: '另存的存证是 {size} 条时签的，不在这次导出的范围内，没有比较。请学校导出含第 {size} 条那一天的记录，再比较。',
    en: 'The checkpoint kept elsewhere was signed at {size} records, which is not within this export: it was not compared. Ask the school for an export of the day with record {size}.',
  },
  keptAgrees: {
    zh: '与另存的存证（{size} 条时签的）一致。',
    en: 'It agrees with the checkpoint kept elsewhere, signed at {size} records.',
  },
  missing: { zh: '缺少文件 {name}。', en: 'The file {name} is missing.' },
  notOurs: { zh: '{name} 不是导出的文件。', en: '{name} is no file of an export.' },
  unreadable: { zh: '文件读不出来：{why}', en: 'A file cannot be read: {why}' },
};

/** What lies beside the records, for whoever opens the folder. */
export const bundleReadme = (school: Words, from: string, to: string): Words => ({
  zh: `${school.zh}：安防网关日志，${from} 至 ${to}

怎样校验
  双击 verify.html，用浏览器打开，把整个文件夹拖进去。不联网，不需要安装任何软件。
  或在装有 Node 18 以上的电脑上运行  node verify.mjs

每个文件是什么
  entries.jsonl    记录。每行一条：seq 序号，hash 日志链哈希，line 记录原文。满保存期而被清除内容的，只有 fact（说明清除的记录的序号）、at 时间、leaf 树叶哈希
  checkpoint.note  签名的存证：签名时日志一共多少条，全部记录的 Merkle 树根，链的最新哈希（C2SP checkpoint 格式，Ed25519 签名）
  key.vkey         学校的公钥；第一个 + 号后的八位是密钥编号
  proof.json       把这些记录与存证连起来的哈希（RFC 6962 树中其余部分的根）
  verify.html      校验网页；verify.mjs 校验程序。两者用的是同一段校验代码

它能证明
  这些记录与签名时的日志一字不差：没有改动、增加、删除、调换。
它不能证明
  记录当初就是真的：传感器可能误报，人可能填错。
  公钥真是学校的：请把密钥编号与打印的报表、区教育局留存的核对。
  学校没有重写全部日志再签一次名：如果您另有更早的存证（报表二维码、.note 文件），请一起比较；node verify.mjs --checkpoint 另存的.note
  校验程序本身没有被换掉：不放心时，请用从别处得到的 verify.html 或 verify.mjs 校验这个文件夹。
  最后一次签名之后发生的事：网关每小时签一次。
  README.txt 与校验程序本身不在签名之内。
`,
  en: `${school.en}: journal of the security gateway, ${from} to ${to}

How to check
  Open verify.html with a double click and drop the whole folder on it. It uses no network and needs nothing installed.
  Or, on any computer with Node 18 or newer:  node verify.mjs

What each file is
  entries.jsonl    the records, one a line: seq, its number; hash, its link of the chain; line, the record as it was written. Of one whose
                   content was cut after the time it had to be kept: fact, the record that says so; at, its time; leaf, its hash in the tree
  checkpoint.note  the signed checkpoint: how many records the journal had, the root of the Merkle tree over all of them, the newest
                   link of the chain (C2SP checkpoint, signed with Ed25519)
  key.vkey         the public key of the school; the eight digits after the first + are its number
  proof.json       the hashes that join these records to the checkpoint (roots of the rest of the tree of RFC 6962)
  verify.html      the page that checks, and verify.mjs, the program that does; both are the same code

What it proves
  That these records are, to the letter, those of the journal when it was signed: none altered, added, removed or moved.
What it does not prove
  That a record was true when it was made: a sensor can be wrong, and so can a person.
  That the key is the school's: compare its number with a printed report or the bureau's.
  That the school has not written the whole journal anew and signed it again: if you have an older checkpoint (the QR code of a
  report, a .note file), compare it:  node verify.mjs --checkpoint OTHER.note
  That nobody exchanged the checker: in doubt, check this folder with a verify.html or verify.mjs from elsewhere.
  Anything after the last signature; the gateway signs each hour.
  README.txt and the checkers themselves are not signed.
`,
});

const day = 'YYYY-MM-DD';
export const exportAsks: Words = {
  zh: `请写明：npm run export -- --config … --from ${day} --to ${day} --into 文件夹（首尾两天都算，最多 400 天）`,
  en: `say: npm run export -- --config … --from ${day} --to ${day} --into FOLDER (both days included, at most 400)`,
};
export const exportEmpty: Words = { zh: '这几天没有日志记录', en: 'the journal has no records of these days' };
export const exportUnsigned = (dir: string): Words => ({
  zh: `${dir} 里还没有签名的存证。网关每小时、停止时各签一次：请稍后再导出。`,
  en: `there is no signed checkpoint in ${dir} yet; the gateway signs each hour and when it stops: export again later`,
});
export const exportExists = (folder: string): Words => ({
  zh: `文件夹 ${folder} 已存在，请换一个名字`,
  en: `the folder ${folder} is there already; give another name`,
});
export const exportInside = (dir: string): Words => ({
  zh: `不能导出到数据目录 ${dir} 里面，请另选文件夹`,
  en: `the export must not lie in the data folder ${dir}; give another folder`,
});
export const exportFull = (folder: string): Words => ({
  zh: `没有导出：${folder} 所在的磁盘已满，请清理空间或换一块磁盘`,
  en: `nothing was exported: the disk of ${folder} is full; free some space or give another disk`,
});
export const exportUnwritable = (folder: string): Words => ({
  zh: `没有导出：不能在 ${folder} 写入，请检查权限，或磁盘是否以只读方式挂载`,
  en: `nothing was exported: ${folder} cannot be written; check its permissions and whether the disk is read-only`,
});
export const exportNowhere = (folder: string): Words => ({
  zh: `没有导出：${folder} 的上级文件夹不存在，请先建好`,
  en: `nothing was exported: the folder in which ${folder} is to lie does not exist; make it first`,
});
export const exportFailed = (why: string): Words => ({ zh: `没有导出：${why}`, en: `nothing was exported: ${why}` });
export const exportMade = (folder: string, count: number, left: number): Words => ({
  zh: `已导出 ${count} 条到 ${folder}。校验：打开 ${folder}/verify.html，或 node "${folder}/verify.mjs"${left > 0 ? `。最后 ${left} 条还没有签名，未导出，一小时后再导。` : ''}`,
  en: `${count} records exported to ${folder}; check them: open ${folder}/verify.html, or node "${folder}/verify.mjs"${left > 0 ? `. The last ${left} are not signed for yet and were left out; export again in an hour.` : ''}`,
});
