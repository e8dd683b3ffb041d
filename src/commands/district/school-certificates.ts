/**
 * `npm run district-certificate`: a certificate by which the district knows a school, and what to do with it, on the terminal of whoever keeps the
 * authority, which need not be the machine of the district. It must never show a key.
 */
import { resolve } from 'node:path';
import { issueForSchool } from '../../authority/client-authority.ts';
import { readDistrictConfig } from '../../district/service/district-config.ts';
import { errorText } from '../../site/load-site.ts';
import { schoolId } from '../../uplink/protocol.ts';
import { configErrors } from '../../words/command-words.ts';
import { certificateCommand as said } from '../../words/district/officer-command-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import { bothLanguages } from '../../words/words.ts';

/** Resolves with the exit code. `into`: the folder of the authority, in which each school has one of its own. */
export async function certifySchool(
  path: string,
  school: string | undefined,
  into: string | undefined,
): Promise<number> {
  if (school === undefined || into === undefined || !schoolId.safeParse(school).success) {
    console.error(bothLanguages(said.usage));
    return 64;
  }
  // Its files may be on another machine, and the authority's is not there before this has made it.
  const read = await readDistrictConfig(path, process.env, false);
  if (!read.ok) {
    for (const error of read.errors) console.error(errorText(error));
    console.error(configErrors(read.errors.length, path));
    return 78;
  }
  try {
    const { district, server } = read.config;
    const made = await issueForSchool(resolve(into), { district: district.id, school }, Date.now());
    if (made.founded) console.log(bothLanguages(said.founded(made.root)));
    console.log(bothLanguages(said.issued(school, made)));
    if (server.tls?.clientAuthority === undefined) console.log(bothLanguages(said.config(made.root)));
    return 0;
  } catch (error) {
    if (!(error instanceof WordedError)) throw error;
    console.error(bothLanguages(error.why));
    return 1;
  }
}
