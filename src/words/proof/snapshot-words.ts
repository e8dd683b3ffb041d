/**
 * What is said of snapshots of State, and of the daily check of the journal. It must never call a snapshot a record: what counts is the journal.
 */
import type { RecordDoubt } from '../../core/types.ts';
import type { Words } from '../words.ts';

/** What became of it, in one sentence, for the journal. */
export function recordDoubted({ what, upTo }: RecordDoubt): Words {
  switch (what) {
    case 'snapshot-spoilt':
      return {
        zh: `状态快照（至第 ${upTo} 条）已损坏或被改动，未予采用，状态改由日志重新推算`,
        en: `the snapshot of State at event ${upTo} was damaged or changed; it was not used, and State was made from the journal`,
      };
    case 'snapshot-foreign':
      return {
        zh: `状态快照（至第 ${upTo} 条）与日志对不上，未予采用，状态改由日志重新推算`,
        en: `the snapshot of State at event ${upTo} does not agree with the journal; it was not used, and State was made from the journal`,
      };
    case 'snapshot-false':
      return {
        zh: `状态快照（至第 ${upTo} 条）与从头重算的结果不符，已作废`,
        en: `the snapshot of State at event ${upTo} is not what the journal folds to; it was thrown away`,
      };
    case 'line':
      return {
        zh: `每日复核发现日志第 ${upTo} 条核对不上`,
        en: `the daily check found that event ${upTo} of the journal does not hold`,
      };
    case 'key-lost':
      return {
        zh: `日志（至第 ${upTo} 条）启动时签名密钥 proof.key 不在，此后的记录未签名`,
        en: `the key proof.key was not there at a start after event ${upTo}; what came since is not signed`,
      };
    case 'base-unsigned':
      return {
        zh: `清除记录时留下的状态（至第 ${upTo} 条）不是用现有密钥签名的；它与日志中的清除记录和哈希链相符，已予采用`,
        en: `the State kept when records were cut, at event ${upTo}, is not signed by the key that is there; it agrees with the fact of cutting and with the chain, and was used`,
      };
    default:
      return what satisfies never;
  }
}

/** What stands on every screen until the next start. */
export function snapshotRejected(doubt: RecordDoubt): Words {
  const { zh, en } = recordDoubted(doubt);
  return doubt.what === 'snapshot-false'
    ? {
        zh: `${zh}。屏幕上的状态可能有误：请尽快重启网关，届时将由整个日志重新推算；并查明谁动过 snapshots 文件夹。`,
        en: `${en}. What the screens show may be wrong: restart the gateway soon, which then makes State from the whole journal, and find out who changed the folder snapshots.`,
      }
    : {
        zh: `${zh}。记录本身不受影响；请查明谁动过 snapshots 文件夹（作废的文件留作 rejected.snapshot）。`,
        en: `${en}. No record is touched by this; find out who changed the folder snapshots (the file is kept as rejected.snapshot).`,
      };
}

/** The key is gone, what it signed can be read yet. */
export const proofKeyLost = (path: string, published: string): Words => ({
  zh: `缺少签名密钥 ${path}：网关照常运行，但不再签名存证，也不按留存设置清除记录。请从备份恢复 proof.key 后重启；没有备份时，把 ${published} 移到别处保存后重启，会生成新密钥。`,
  en: `The key ${path} is missing: the gateway runs on, but signs no checkpoints and cuts no records. Restore proof.key from the backup and restart; where there is none, move ${published} away, keep it, and restart: another key is made then.`,
});
export const baseUnsigned = (path: string): Words => ({
  zh: `清除记录时留下的状态不是用现有密钥 ${path} 签名的，原密钥已丢失或被换；该状态只按清除记录和哈希链核对过。请从备份恢复 proof.key 后重启，并查明原因。`,
  en: `The State kept when records were cut is not signed by the key ${path}: the key from then was lost or replaced. That State was held to the facts of cutting and to the chain alone. Restore proof.key from the backup and restart, and find out why.`,
});

/** For `verify`: the file of a snapshot that is not as it was written. */
export const snapshotSpoilt = (path: string): Words => ({
  zh: `日志完整，但状态快照 ${path} 已损坏或被改动。网关启动时不会采用它；请查明原因后删除。`,
  en: `The journal is whole, but the snapshot ${path} was damaged or changed. A gateway does not use it; find out why, and remove it.`,
});
export const snapshotFalse = (seq: number): Words => ({
  zh: `日志完整，但状态快照（至第 ${seq} 条）与从头重算的结果不符。请停下网关，删除 snapshots 文件夹再启动，并查明谁动过它。`,
  en: `The journal is whole, but the snapshot of State at event ${seq} is not what it folds to. Stop the gateway, remove the folder snapshots and start again; find out who changed it.`,
});

export const snapshotFailed = ({ zh, en }: Words): Words => ({
  zh: `状态快照没有存成，下次启动会慢一些；会自动再试：${zh}`,
  en: `The snapshot of State could not be kept, so the next start takes longer; it is tried again: ${en}`,
});
export const recheckFailed = ({ zh, en }: Words): Words => ({
  zh: `每日复核发现日志有问题：${zh}请保存现场，运行 npm run verify，并找出缺失或被改的记录。`,
  en: `The daily check found the journal in disorder: ${en} Keep everything as it is, run npm run verify, and look for what was changed.`,
});
