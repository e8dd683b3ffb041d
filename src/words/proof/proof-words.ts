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
  altered: { zh: '第 {seq} 条被改动。', en: 'Record {seq} was altered.' },
  gone: { zh: '第 {seq} 条缺失或顺序被调换。', en: 'Record {seq} is missing or out of its order.' },
  surplus: { zh: '第 {seq} 条是多出来的。', en: 'Record {seq} is one too many.' },
  rewritten: {
    zh: '第 {from} 至 {to} 条彼此相符，但与签名的存证对不上：其中一部分连同此后的哈希被整体改写过。',
    en: 'Records {from} to {to} agree with each other and not with the signed checkpoint: some of them were rewritten, with every hash after them.',
  },
  badKey: { zh: 'key.vkey 不是有效的公钥。', en: 'key.vkey is no valid public key.' },
  badNote: {
    zh: '存证的签名不对：被改动过，或不是这把密钥签的。',
    en: 'The signature of the checkpoint does not hold: it was altered, or signed with another key.',
  },
  badProof: { zh: 'proof.json 被改动。', en: 'proof.json was altered.' },
  otherRoot: {
    zh: '与另存的存证对不上：两份签名的内容不同。',
    en: 'It does not agree with the checkpoint kept elsewhere: two different things were signed.',
  },
  otherSize: {
    zh: '另存的存证是 {size} 条时签的，这里是 {here} 条时签的，不能直接比较；签名有效。',
    en: 'The checkpoint kept elsewhere was signed at {size} records and this one at {here}: they cannot be compared by themselves; its signature holds.',
  },
  unreadable: { zh: '文件读不出来：{why}', en: 'A file cannot be read: {why}' },
};

/** What lies beside the records, for whoever opens the folder. */
export const bundleReadme = (school: Words, from: string, to: string): Words => ({
  zh: `${school.zh}：网关日志 ${from} 至 ${to}

entries.jsonl    每行一条记录：序号、日志链哈希、记录原文
checkpoint.note  签名的存证：全部日志有多少条，Merkle 树的根（C2SP checkpoint 格式）
key.vkey         本校的公钥
proof.json       把这些记录与存证连起来的哈希
verify.mjs       校验程序：在任何装有 Node 18 以上的电脑上运行  node verify.mjs

它能证明：这些记录与签名时的日志一字不差，没有增删、调换。
它不能证明：签名之前记录就是真的；公钥真是学校的——请与打印的报表、区教育局或另一块磁盘上留存的核对。
`,
  en: `${school.en}: journal of the gateway, ${from} to ${to}

entries.jsonl    one record a line: its number, its hash in the chain, the record itself
checkpoint.note  the signed checkpoint: how many records there are in all, and the root of their tree (C2SP)
key.vkey         the public key of the school
proof.json       the hashes that join these records to the checkpoint
verify.mjs       the checker; on any computer with Node 18 or newer:  node verify.mjs

It proves that these records are, to the letter, those of the journal when it was signed: none added, removed or moved.
It does not prove that a record was true when it was made, nor that the key is the school's: compare the key with a printed
report, the bureau's or that on another disk.
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
export const exportFailed = (why: string): Words => ({ zh: `没有导出：${why}`, en: `nothing was exported: ${why}` });
export const exportMade = (folder: string, count: number, left: number): Words => ({
  zh: `已导出 ${count} 条到 ${folder}。校验：node ${folder}/verify.mjs${left > 0 ? `。最后 ${left} 条还没有签名，未导出，一小时后再导。` : ''}`,
  en: `${count} records exported to ${folder}; check them: node ${folder}/verify.mjs${left > 0 ? `. The last ${left} are not signed for yet and were left out; export again in an hour.` : ''}`,
});
