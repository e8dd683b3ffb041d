/**
 * What the stores say to an operator: the thing, and what to do about it. Codes of SQLite and of the system are looked up
 * here; a code alone must never reach a person.
 */
import type { HeadPlace, JournalGap, Records } from '../core/types.ts';
import type { Words } from './words.ts';

/** What went wrong with a file, by the leading part of an error code; the first match wins, so the longer codes stand first. */
const storageTroubles: readonly (readonly [string, (path: string) => Words])[] = [
  [
    'SQLITE_FULL',
    (path) => ({
      zh: `磁盘已满，无法写入 ${path}。请清理磁盘空间；运行中的网关会自动继续写入。`,
      en: `The disk is full: ${path} cannot be written. Free some space; a running gateway then goes on by itself.`,
    }),
  ],
  [
    'SQLITE_READONLY',
    (path) => ({
      zh: `${path} 是只读的，无法写入。请检查文件权限以及磁盘是否以只读方式挂载。`,
      en: `${path} is read-only. Check its permissions and whether the disk is mounted read-only.`,
    }),
  ],
  [
    'SQLITE_CORRUPT',
    (path) => ({
      zh: `${path} 已损坏。请停止网关，将该文件移走保存，并从备份恢复。`,
      en: `${path} is damaged. Stop the gateway, move the file aside and restore it from a backup.`,
    }),
  ],
  [
    'SQLITE_NOTADB',
    (path) => ({
      zh: `${path} 不是网关的数据库文件。请将它移走，或从备份恢复。`,
      en: `${path} is not a database of the gateway. Move it aside or restore it from a backup.`,
    }),
  ],
  [
    'SQLITE_BUSY',
    (path) => ({
      zh: `${path} 正被另一个程序占用。请关闭打开该文件的程序（例如数据库工具）。`,
      en: `${path} is locked by another program. Close the program that has it open, such as a database tool.`,
    }),
  ],
  [
    'SQLITE_IOERR',
    (path) => ({
      zh: `读写 ${path} 时磁盘出错。请检查磁盘剩余空间和磁盘健康状况。`,
      en: `The disk failed while reading or writing ${path}. Check its free space and its health.`,
    }),
  ],
  [
    'SQLITE_CANTOPEN',
    (path) => ({
      zh: `无法打开 ${path}。请检查该目录是否存在，以及网关的用户是否有读写权限。`,
      en: `${path} cannot be opened. Check that its folder exists and that the gateway's user may read and write it.`,
    }),
  ],
];

/** What went wrong with the file at `path`, by SQLite's code; `text` is what the error said, where no code is known. */
export function storageFailed(code: string, path: string, text: string): Words {
  const found = storageTroubles.find(([start]) => code.startsWith(start));
  if (found) return found[1](path);
  return {
    zh: `存储 ${path} 时出现意外错误：${text}。请重启网关；若再次出现，请联系维护人员。`,
    en: `Storage failed unexpectedly on ${path}: ${text}. Restart the gateway; if it happens again, call maintenance.`,
  };
}

export const threadStopped = (why: string): Words => ({
  zh: `存储线程已停止（${why}）。请重启网关。`,
  en: `A storage thread has stopped (${why}). Restart the gateway.`,
});

export const threadRestarted = (why: Words): Words => ({
  zh: `${why.zh}已自动重新启动该线程。`,
  en: `${why.en} It is started anew by itself.`,
});

/** Another process has the data folder; `pid` undefined when it does not say which. */
export const folderInUse = (dir: string, pid: number | undefined): Words => ({
  zh: `数据目录 ${dir} 正被另一个网关使用（进程 ${pid ?? '未知'}）。请先停止它，或另选数据目录。`,
  en: `Another gateway (process ${pid ?? 'unknown'}) is using the data folder ${dir}. Stop it first, or choose another folder.`,
});

// The journal, and what a walk over its chain finds.

/**
 * The file that is written to does not stand in the folder any more. `copy`: where all that was recorded was saved; without
 * it only the running process still holds it.
 */
export const journalTaken = (path: string, copy: string | undefined): Words =>
  copy === undefined
    ? {
        zh: `日志 ${path} 已不在原处：磁盘被卸载，或文件被移走、删除、替换。为防丢失，记录和通知已停止。请不要重启网关，先把磁盘重新挂载或把原文件（连同 -wal、-shm）移回，记录会自动继续。`,
        en: `The journal ${path} is not in its place any more: its disk was unmounted, or the file was moved, deleted or replaced. Recording and telling have stopped. Do not restart the gateway; mount the disk again or move the file back (with its -wal and -shm), and it goes on by itself.`,
      }
    : {
        zh: `日志 ${path} 已被移走、删除或替换，记录和通知已停止。全部已有记录已另存为 ${copy}。请把原文件（连同 -wal、-shm）移回，记录会自动继续；若已删除，请停止网关，把另存的文件改名为 ${path}，删去同名的 -wal、-shm，再启动。`,
        en: `The journal ${path} was moved, deleted or replaced; recording and telling have stopped. All that was recorded is saved as ${copy}. Move the file back (with its -wal and -shm), and it goes on by itself; if it is gone, stop the gateway, rename the saved file to ${path}, remove its -wal and -shm, and start again.`,
      };

export const otherThanSigned = (seq: number): Words => ({
  zh: `前 ${seq} 条与当时的签名存证对不上：日志整体被改写过`,
  en: `the first ${seq} lines are not those that the checkpoint was signed for: the journal was rewritten`,
});
export const checkpointFailed = ({ zh, en }: Words): Words => ({
  zh: `日志的签名存证没有做成，一小时内会再试：${zh}`,
  en: `The journal's checkpoint could not be signed or kept; it is tried again: ${en}`,
});
export const witnessAway = (folder: string, code: string): Words => ({
  zh: `另存签名存证的文件夹 ${folder} 打不开（${code}）。请插回磁盘或 U 盘，或修改配置 store.witnesses。`,
  en: `The folder ${folder}, which keeps a copy of the checkpoint, cannot be used (${code}); put the disk or stick back, or change store.witnesses.`,
});
/** `size`: how many lines the witness signed for; undefined where its note is no note of this school's log. */
export const witnessDiffers = (folder: string, size: number | undefined): Words =>
  size === undefined
    ? {
        zh: `${folder} 里的签名存证不是本校密钥签的，没有覆盖。请查明原因，再把它移走。`,
        en: `The checkpoint in ${folder} was not signed with this school's key and was left as it is. Find out why, then move it away.`,
      }
    : {
        zh: `${folder} 里的签名存证（${size} 条）与现在的日志对不上：日志被改过、截短过或换过。存证没有覆盖。请保留它并查明原因。`,
        en: `The checkpoint in ${folder} (${size} lines) does not agree with the journal: it was changed, cut or replaced. The checkpoint was left as it is. Keep it, and find out why.`,
      };

/** Who remembers how far the journal was. */
const headPlaces: Readonly<Record<HeadPlace, Words>> = {
  'head-file': { zh: '数据目录里的 journal.head.json', en: 'journal.head.json in the data folder' },
  series: { zh: '采样库 series.db', en: 'the series (series.db)' },
  cursor: { zh: 'InfluxDB 的传送进度', en: 'the cursor of the InfluxDB follower' },
  pictures: { zh: '证据照片', en: 'the evidence pictures' },
  influx: { zh: 'InfluxDB', en: 'InfluxDB' },
  checkpoint: { zh: '签名存证 checkpoints/', en: 'the signed checkpoint in checkpoints/' },
  witness: { zh: '另存的签名存证', en: 'the signed checkpoint kept elsewhere' },
};

/** What the journal lacks, in one sentence. */
export function gapWords({ place, known, head, how }: JournalGap): Words {
  const { zh, en } = headPlaces[place];
  if (how === 'differs') {
    return {
      zh: `日志第 ${known} 号事件与${zh}所记的不同：日志被换成了另一份`,
      en: `event ${known} of the journal is not the one ${en} knows: the journal was replaced by another`,
    };
  }
  return how === 'empty'
    ? {
        zh: `日志是空的，而据${zh}，至少有第 ${known} 号事件：日志被删除，或磁盘没有挂载`,
        en: `the journal is empty, and ${en} knows of event ${known}: it was deleted, or its disk is not mounted`,
      }
    : {
        zh: `日志只到第 ${head} 号事件，而据${zh}，至少有第 ${known} 号：末尾被截去，或放回了旧的备份`,
        en: `the journal ends at event ${head}, and ${en} knows of event ${known}: its end was cut off, or an older copy was put back`,
      };
}

/** Why it is not begun anew without a person's word. */
export function journalEmpty(dir: string, gap: JournalGap): Words {
  const { zh, en } = gapWords(gap);
  return {
    zh: `${dir}：${zh}。请挂载磁盘，或从备份恢复日志，再启动。确实要从空日志开始时，请在原来的启动命令后加 --accept-journal 启动一次；此事会记入日志。`,
    en: `${dir}: ${en}. Mount the disk or restore the journal from a backup, and start again. If it is really to begin anew, start it once as always with --accept-journal behind; that becomes a fact in the journal.`,
  };
}

/** What stands on every screen while a gateway runs on such a journal. */
export function journalLacks(gap: JournalGap): Words {
  const { zh, en } = gapWords(gap);
  return {
    zh: `${zh}。请保存现场，找出缺少的部分；若是有意恢复备份，重启时加 --accept-journal。`,
    en: `${en}. Keep everything as it is and look for what is missing; if a backup was restored on purpose, restart with --accept-journal.`,
  };
}

export const journalOverwritten = (path: string): Words => ({
  zh: `日志 ${path} 被另一个程序改写，内容已与网关所写的不符，记录和通知已停止。请停止网关，把该文件移走保存，并从备份恢复。`,
  en: `The journal ${path} was overwritten by another program and does not hold what the gateway wrote; recording and telling have stopped. Stop the gateway, move the file aside and restore it from a backup.`,
});

export const misplaced = (expected: number, got: number): Words => ({
  zh: `日志下一条应为第 ${expected} 号事件，却收到第 ${got} 号。请重启网关，以便从日志恢复。`,
  en: `The journal expects event ${expected} next but was given ${got}. Restart the gateway so that it replays the journal.`,
});

export const madeByNewer = (path: string): Words => ({
  zh: `${path} 由更新版本的网关建立，本版本不能使用，未作任何改动。请安装该版本或更新的版本，或从备份恢复该文件。`,
  en: `${path} was made by a newer version of the gateway; this one cannot use it and has changed nothing. Install that version or a newer one, or restore the file from a backup.`,
});
export const factUnknown = (path: string, seq: number, kind: string): Words => ({
  zh: `日志 ${path} 第 ${seq} 号事件的类别“${kind}”本版本不认识：它由更新版本的网关写入。请安装该版本或更新的版本。`,
  en: `Event ${seq} of the journal ${path} is of a kind this version does not know, "${kind}": a newer version of the gateway wrote it. Install that version or a newer one.`,
});

export const eventUnreadable = (path: string, seq: number): Words => ({
  zh: `日志 ${path} 缺少第 ${seq} 号事件或该事件已损坏。请运行 verify 检查，并从备份恢复该文件。`,
  en: `Event ${seq} of the journal ${path} is missing or damaged. Run verify, and restore the file from a backup.`,
});

export const changed = (seq: number): Words => ({
  zh: `第 ${seq} 号事件与其哈希不符：该记录或其哈希被改动过。`,
  en: `Event ${seq} does not fit its hash: the entry or its hash was changed.`,
});
/** A table that pages and exports show does not say what the events say. `id`: the first row that differs. */
export function recordsDiffer(table: keyof Records, id: string): Words {
  const zh = { alarms: '报警', rounds: '巡更', scans: '刷卡', touches: '打点', posts: '护学岗' }[table];
  return {
    zh: `日志完整，但页面和导出所用的${zh}表与日志不符（${id}）：表被改动过。请保存现场；停下网关，在原来的启动命令后加 --accept-journal 启动一次，会按日志重建。`,
    en: `The journal is whole, but the table of ${table} that pages and exports show is not what it gives (${id}): the table was changed. Keep everything as it is; then stop the gateway and start it once as always with --accept-journal behind, which makes the tables anew.`,
  };
}
export const gone = (seq: number): Words => ({
  zh: `缺少第 ${seq} 号事件：该记录被删除。`,
  en: `Event ${seq} is missing: the entry was removed.`,
});
export const surplus = (seq: number): Words => ({
  zh: `第 ${seq} 号事件在日志末尾之后：该记录不是由网关写入的。`,
  en: `Event ${seq} lies beyond the head of the journal: the entry was not written by the gateway.`,
});
export const wrongHead: Words = {
  zh: '日志末尾的哈希与最后一条记录不符：末尾被改动过。',
  en: 'The head of the journal does not fit its last entry: the head was changed.',
};
export const noHead: Words = {
  zh: '日志没有末尾记录：文件被改动过。',
  en: 'The journal has no head: the file was changed.',
};

// The series, and InfluxDB.

export const rehearsalGivenUp: Words = {
  zh: '重放没有完成：用时过长或已取消。请缩短时间范围再试。',
  en: 'The replay was not finished: it took too long or was given up. Try a shorter time.',
};

const kept: Words = { zh: '数据保存在本机，恢复后自动补传。', en: 'The data waits on this machine and is sent later.' };

/** What an operator is told while InfluxDB does not take the data; the answer's status and text tell why. */
export function influxWaits(
  url: string,
  database: string,
  user: string | undefined,
  status: number | undefined,
  text: string,
): Words {
  if (status === 401) {
    return user === undefined
      ? {
          zh: `InfluxDB（${url}）要求登录，但配置里没有用户：请在 influx 下填写 user 和 password。${kept.zh}`,
          en: `InfluxDB at ${url} asks for a log-in and the configuration has no user: set user and password under influx. ${kept.en}`,
        }
      : {
          zh: `InfluxDB（${url}）拒绝用户 ${user} 登录：请检查用户名和密码。${kept.zh}`,
          en: `InfluxDB at ${url} refuses the log-in of ${user}: check user and password. ${kept.en}`,
        };
  }
  if (status === 403) {
    const who = user ?? '-';
    const grant = `GRANT ALL ON "${database}" TO "${who}"`;
    return {
      zh: `InfluxDB（${url}）的用户 ${who} 对数据库 ${database} 没有足够权限：请管理员执行 ${grant}。${kept.zh}`,
      en: `User ${who} of InfluxDB at ${url} lacks rights on database ${database}: have an administrator run ${grant}. ${kept.en}`,
    };
  }
  if (/timed out|ETIMEDOUT/.test(text)) {
    return {
      zh: `InfluxDB（${url}）在 5 秒内没有应答：请检查该服务是否卡住或过载。${kept.zh}`,
      en: `InfluxDB at ${url} did not answer in 5 s: check whether it hangs or is overloaded. ${kept.en}`,
    };
  }
  if (status === undefined && /^(connect|getaddrinfo|read|write|socket) /i.test(text)) {
    return {
      zh: `无法连接 InfluxDB（${url}）：请检查该服务是否在运行、地址和网络是否正确。${kept.zh}`,
      en: `InfluxDB at ${url} cannot be reached: check that it runs, and its address and network. ${kept.en}`,
    };
  }
  return {
    zh: `InfluxDB（${url}）没有接受数据（${text}）：请查看 InfluxDB 的日志。${kept.zh}`,
    en: `InfluxDB at ${url} did not take the data (${text}): look at its log. ${kept.en}`,
  };
}

/** What only an administrator of InfluxDB may make is not there. */
export function influxNeedsAdmin(url: string, statements: readonly string[]): Words {
  const list = statements.join('; ');
  return {
    zh: `InfluxDB（${url}）缺少数据保留策略，而该用户无权建立：请管理员执行 ${list}。${kept.zh}`,
    en: `InfluxDB at ${url} lacks retention policies which this user may not make: have an administrator run ${list}. ${kept.en}`,
  };
}

/** What was to be kept contradicts what is kept: a mistake of ours, which a restart mends and trying again repeats. */
export const contradictsItself = (path: string, message: string): Words => ({
  zh: `写入 ${path} 的内容自相矛盾（${message}），未予保存。请重启网关；若再次出现，请联系维护人员。`,
  en: `What was to be written to ${path} contradicts itself (${message}), so it was not kept. Restart the gateway; if it happens again, call maintenance.`,
});
