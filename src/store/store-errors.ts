/**
 * Turns what SQLite and the file system say into one sentence for an operator: the thing, and what to do about it.
 * Every failure of the store leaves through here; an error code alone must never reach a person.
 */
import { Contradiction } from '../core/assert.ts';
import type { Words } from '../core/types.ts';
import { StoreError, StoreGone } from './store-types.ts';

/** Sentences by the leading part of an error code; the first match wins, so the longer codes stand first. */
const sentences: readonly (readonly [string, (path: string) => Words])[] = [
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

/** What Node's file system says, told in SQLite's words. */
const asSqlite: Readonly<Record<string, string>> = {
  ENOSPC: 'SQLITE_FULL',
  EDQUOT: 'SQLITE_FULL',
  EROFS: 'SQLITE_READONLY',
  EACCES: 'SQLITE_CANTOPEN',
  EPERM: 'SQLITE_CANTOPEN',
  ENOENT: 'SQLITE_CANTOPEN',
  EISDIR: 'SQLITE_CANTOPEN',
  ENOTDIR: 'SQLITE_CANTOPEN',
  EEXIST: 'SQLITE_CANTOPEN',
  EIO: 'SQLITE_IOERR',
  SQLITE_LOCKED: 'SQLITE_BUSY',
};

/** A mistake of ours: trying again would only repeat it, and a restart replays what is kept. */
function contradicted(error: Contradiction, path: string): StoreGone {
  return new StoreGone(
    {
      zh: `写入 ${path} 的内容自相矛盾（${error.message}），未予保存。请重启网关；若再次出现，请联系维护人员。`,
      en: `What was to be written to ${path} contradicts itself (${error.message}), so it was not kept. Restart the gateway; if it happens again, call maintenance.`,
    },
    error,
  );
}

/** The StoreError for whatever was thrown while working on the file at `path`. A StoreError passes unchanged. */
export function explain(error: unknown, path: string): StoreError {
  if (error instanceof StoreError) return error;
  if (error instanceof Contradiction) return contradicted(error, path);
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const key = asSqlite[code] ?? code;
  const found = sentences.find(([start]) => key.startsWith(start));
  if (found) return new StoreError(found[1](path), error);
  const text = error instanceof Error ? error.message : String(error);
  return new StoreError(
    {
      zh: `存储 ${path} 时出现意外错误：${text}。请重启网关；若再次出现，请联系维护人员。`,
      en: `Storage failed unexpectedly on ${path}: ${text}. Restart the gateway; if it happens again, call maintenance.`,
    },
    error,
  );
}
