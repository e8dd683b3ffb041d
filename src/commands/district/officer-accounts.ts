/**
 * The district's officers from the console of its server: the first administrator is made here, and whoever has locked himself out is let in again.
 * Passwords are drawn and shown once; each change is a line of the trail. It must never take a password from the command line.
 */
import {
  addOfficer,
  allOfficers,
  findOfficer,
  forgetCodes,
  lockOfficer,
  officerName,
  setPassword,
} from '../../district/access/officers.ts';

import { drawPassword } from '../../district/access/password-rule.ts';
import { linkAt, openTrail, verifyTrail } from '../../district/access/trail.ts';
import { type DistrictRole, districtRoles } from '../../district/board/district-rights.ts';
import type { Database } from '../../district/database/database.ts';
import { openDatabase, persisting } from '../../district/database/open-database.ts';
import { verifyJournals } from '../../district/retention/verify-journals.ts';
import { readDistrictConfig } from '../../district/service/district-config.ts';
import { hashOf } from '../../server/auth/hash.ts';
import { errorText } from '../../site/load-site.ts';
import { configErrors } from '../../words/command-words.ts';
import { noSuchOfficer, officerNameWrong, officerTaken, roleUnknown } from '../../words/district/access-words.ts';
import { officerCommands } from '../../words/district/officer-command-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import { bothLanguages, type Words } from '../../words/words.ts';

/** The trail's name for this console. */
const CONSOLE = '-';

/** Does something with the database of a district; resolves with the exit code. */
async function onDistrict(path: string, work: (db: Database) => Promise<Words | undefined>): Promise<number> {
  const read = await readDistrictConfig(path, process.env);
  if (!read.ok) {
    for (const error of read.errors) console.error(errorText(error));
    console.error(configErrors(read.errors.length, path));
    return 78;
  }
  let db: Database | undefined;
  try {
    db = await openDatabase(read.config.database);
    const wrong = await work(db);
    if (wrong) console.error(bothLanguages(wrong));
    return wrong ? 1 : 0;
  } catch (error) {
    if (!(error instanceof WordedError)) throw error;
    console.error(bothLanguages(error.why));
    return 1;
  } finally {
    await db?.close();
  }
}

async function add(db: Database, name: string, role: string | undefined): Promise<Words | undefined> {
  if (!officerName.test(name)) return officerNameWrong;
  if (!districtRoles.includes(role as DistrictRole)) return roleUnknown(role ?? '', districtRoles.join(', '));
  const [password, now] = [drawPassword(), Date.now()];
  const hash = await hashOf(password);
  const made = { name, shown: name, role: role as DistrictRole, streets: [], oidc: null };
  const added = await persisting(db, async (sql) => {
    if (!(await addOfficer(sql, made, hash, now))) return false;
    await openTrail(db, () => now).appendIn(sql, { officer: CONSOLE, kind: 'officer-made', body: { name, role } });
    return true;
  });
  if (!added) return officerTaken;
  console.log(bothLanguages(officerCommands.added(name, password)));
  return undefined;
}

/** A new password, no codes, and not locked: for whoever cannot come in any more. */
async function renew(db: Database, name: string): Promise<Words | undefined> {
  const [password, now] = [drawPassword(), Date.now()];
  const hash = await hashOf(password);
  const there = await persisting(db, async (sql) => {
    if (!(await findOfficer(sql, name))) return false;
    await setPassword(sql, name, hash, true);
    await forgetCodes(sql, name);
    await lockOfficer(sql, name, undefined);
    await openTrail(db, () => now).appendIn(sql, { officer: CONSOLE, kind: 'officer-password', body: { name } });
    return true;
  });
  if (!there) return noSuchOfficer;
  console.log(bothLanguages(officerCommands.renewed(name, password)));
  return undefined;
}

async function list(db: Database): Promise<undefined> {
  for (const { name, role, shown, streets, locked_at } of await allOfficers(db))
    console.log([name, role, shown, streets.join(',') || '*', locked_at === null ? '' : 'locked'].join('\t'));
}

/** `add NAME`, `password NAME`, `list`; resolves with the exit code. */
export async function changeOfficers(
  path: string,
  [what, name]: readonly string[],
  role: string | undefined,
): Promise<number> {
  if (what === 'list') return await onDistrict(path, list);
  if (what === 'add' && name !== undefined) return await onDistrict(path, (db) => add(db, name, role));
  if (what === 'password' && name !== undefined) return await onDistrict(path, (db) => renew(db, name));
  console.error(bothLanguages(officerCommands.usage));
  return 64;
}

/**
 * Reckons the chain of the trail and the trees of all journals anew; resolves with the exit code. `known`: `LINES:CHECK` as an earlier reckoning said it: that lines were cut off
 * at the end, or all made anew, only who has written this down can see.
 */
export async function verifyOfficers(path: string, known: string | undefined): Promise<number> {
  const [, count, check] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(known ?? '') ?? [];
  if (known !== undefined && check === undefined) {
    console.error(bothLanguages(officerCommands.knownShape));
    return 64;
  }
  return await onDistrict(path, async (db) => {
    const { lines, head, brokenAt } = await verifyTrail(db);
    if (brokenAt !== undefined) return officerCommands.broken(brokenAt);
    if (check !== undefined && (await linkAt(db, Number(count))) !== check) return officerCommands.cut(Number(count));
    console.log(bothLanguages(officerCommands.sound(lines, head)));
    let [journals, all, gone] = [0, 0, 0];
    for await (const { school, epoch, lines: has, cut, flaw } of verifyJournals(db)) {
      if (flaw) return officerCommands.journalBroken(school, epoch, flaw);
      [journals, all, gone] = [journals + 1, all + has, gone + cut];
    }
    console.log(bothLanguages(officerCommands.journalsSound(journals, all, gone)));
    return undefined;
  });
}
