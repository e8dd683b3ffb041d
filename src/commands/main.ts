/**
 * The command line. Each command is a few lines here over the parts that do the work; a wrong call is answered with what
 * would be right. `enter.mjs` calls it once the Node underneath is known to be new enough. What a command needs it imports itself, so
 * that a school's gateway holds nothing of the district, the demonstration or the simulation.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Config } from '../site/load-site.ts';
import { StoreError } from '../store/store-types.ts';
import { importAsks } from '../words/baton/baton-command-words.ts';
import {
  askPassword,
  chainBroken,
  chainWhole,
  configRight,
  passwordShared,
  strayWord,
} from '../words/command-words.ts';
import { bothLanguages } from '../words/words.ts';
import { exit } from './exit-codes.ts';

const usage = `Usage: npm start -- [--config PATH]            run the gateway (PATH: a YAML file, or a folder with campus.yaml)
             [--accept-journal]                    go on with a journal that is empty or lacks what is known of it; a fact
       npm run district -- --config FILE           run the service of a district (FILE: a YAML file, see config/district.yaml)
       npm run district-user -- add NAME --role ROLE --config FILE   an officer of the district; also: password NAME, list
       npm run district-verify -- --config FILE [--known VALUE]   walk the chain of what officers did and the trees of all journals; VALUE as an earlier walk said it
       npm run district-certificate -- SCHOOL --into DIR --config FILE   a certificate by which the district knows a school; DIR holds the authority, made once
       npm run demo -- [--seconds N]               a simulated school
       npm run demo -- --schools N [--lost N]      a district with up to forty simulated schools, some of which go silent
       npm run sim -- [--seed N] [--story NAME] [--hours N]   a night on virtual time, judged; every story when none is named
       npm run check-config -- [--config PATH]     every error of a configuration at once; --schema prints the JSON Schema
       npm run certificates -- [--name NAME]... [--config PATH]   the school's own HTTPS certificates: made once, then shown
             [--replace]                           others instead; every phone has to trust the new root
       npm run reload -- [--config PATH]           the gateway that runs reads its configuration again; says what came of it
       npm run import -- --user NAME [--url URL] FILE   take in a file of a baton at the gateway that runs; asks for the password
       npm run verify -- [--data DIR]              walk the hash chain of a journal; DIR may be a copy of the file
       npm run export -- --from DAY --to DAY --into DIR [--config PATH]   records of some days, with proof for a stranger
       npm run backup -- --to DIR [--config PATH]  a verified copy of all there is, beside the gateway that runs
       npm run user -- add NAME --role ROLE        add a person, or change role and password (read from standard input)
       npm run user -- password NAME               change the password alone
       npm run user -- list                        who may log in
       npm run user -- disable|enable|remove NAME  ends their sessions at once
       npm run user -- pin NAME                    set a person's code for unsetting, and the one under force
       npm run discover                            list the ONVIF cameras that answer
       npm run describe-mqtt                       topics and payloads of every MQTT model`;

const ui = fileURLToPath(new URL('../../dist/ui', import.meta.url));

async function version(): Promise<string> {
  const file = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}

async function check(path: string, schema: boolean): Promise<number> {
  if (schema) {
    const { jsonSchema } = await import('../site/load-site.ts');
    console.log(JSON.stringify(jsonSchema(), undefined, 2));
    return exit.ok;
  }
  const { authorityGap } = await import('../authority/keep-certificate.ts');
  const { certificateTrouble } = await import('../site/parts/certificates.ts');
  const { configOrSay } = await import('./read-config.ts');
  const { sharedPasswords } = await import('./reader-passwords.ts');
  const { sayStandby } = await import('./say-standby.ts');
  const config = await configOrSay(path);
  if (!config) return exit.config;
  const trouble = certificateTrouble(config.certificates, Date.now());
  if (trouble) console.error(bothLanguages(trouble));
  if (config.certificates.some(({ problem }) => problem)) return exit.config;
  const { authority } = config.server;
  const own = authority === undefined ? undefined : await authorityGap(authority, Date.now());
  if (own) console.error(bothLanguages(own.why));
  if (own?.fatal) return exit.config;
  const shared = sharedPasswords(config);
  for (const readers of shared) console.error(passwordShared(readers));
  if (shared.length > 0) return exit.config;
  await sayStandby(config);
  const { devices, zones, routes } = config.site;
  const size = (table: object) => Object.keys(table).length;
  const { length: lines } = config.lines;
  console.log(configRight(path, { devices: size(devices), lines, zones: size(zones), routes: size(routes) }));
  return exit.ok;
}

/** Does something with the data folder that a configuration names. */
async function onStore(path: string, work: (dir: string) => Promise<number>): Promise<number> {
  const { errorText, readStoreDir } = await import('../site/load-site.ts');
  const dir = await readStoreDir(path, process.env);
  if (typeof dir === 'string') return await work(dir);
  console.error(errorText(dir));
  return exit.config;
}

async function verify(dir: string): Promise<number> {
  const { verifyJournal } = await import('../store/journal/verify.ts');
  let shown = 0;
  const progress = (done: number, total: number) => {
    const percent = Math.floor((100 * done) / Math.max(total, 1));
    if (percent < shown + 10 && done < total) return;
    shown = percent;
    process.stderr.write(`${done}/${total}\n`);
  };
  const result = await verifyJournal(dir, { progress });
  if (result.ok) {
    console.log(chainWhole(result.checked));
    return exit.ok;
  }
  console.log(chainBroken(result.broken, result.why));
  return exit.failed;
}

/** Takes in a file of a baton at the gateway of the configuration, or at the address given. */
async function takeFile(path: string | undefined, values: ReturnType<typeof wanted>['values']): Promise<number> {
  const { user: name, config: place } = values;
  if (path === undefined || name === undefined) {
    console.error(bothLanguages(importAsks));
    return exit.usage;
  }
  const { configOrSay } = await import('./read-config.ts');
  const { importFile } = await import('./import-file.ts');
  const { trustOwnRoot } = await import('./make-certificates.ts');
  const { askSecrets } = await import('./user-accounts.ts');
  const config = values.url === undefined ? await configOrSay(place) : undefined;
  if (values.url === undefined && !config) return exit.config;
  if (config?.server.authority !== undefined) await trustOwnRoot(config.server.authority);
  const url = values.url ?? (config ? addressOf(config.server) : '');
  const [password = ''] = (await askSecrets(false, askPassword)) ?? [];
  const { ok, said } = await importFile(url.replace(/\/$/, ''), name, password, path);
  for (const line of said) (ok ? console.log : console.error)(bothLanguages(line));
  return ok ? exit.ok : exit.failed;
}

/** Writes the records of some days with what proves them. */
async function exportDays(values: ReturnType<typeof wanted>['values']): Promise<number> {
  const { errorText, readKnownSchool } = await import('../site/load-site.ts');
  const school = await readKnownSchool(values.config, process.env);
  if ('message' in school) {
    console.error(errorText(school));
    return exit.config;
  }
  const { exportBundle } = await import('./export-bundle.ts');
  const { ok, said } = await exportBundle(school, values);
  (ok ? console.log : console.error)(bothLanguages(said));
  return ok ? exit.ok : exit.failed;
}

/** One school, or a district of many. */
async function demo({ seconds, port, schools, lost }: ReturnType<typeof wanted>['values']): Promise<number> {
  const options = { ui, version: await version(), seconds, port };
  if (schools === undefined) return await (await import('./run-demo.ts')).runDemo(options);
  return await (await import('./district/run-district-demo.ts')).runDistrictDemo({ ...options, schools, lost });
}

/** Makes or shows the certificates of the school. */
async function certificates({ config, name = [], replace }: ReturnType<typeof wanted>['values']): Promise<number> {
  const { errorText, readCertificatePlace } = await import('../site/load-site.ts');
  const place = await readCertificatePlace(config, process.env);
  if ('message' in place) {
    console.error(errorText(place));
    return exit.config;
  }
  const { makeCertificates } = await import('./make-certificates.ts');
  const { ok, said, url } = await makeCertificates({ names: name, replace }, place, Date.now());
  for (const line of said) (ok ? console.log : console.error)(line);
  if (url !== undefined && process.stdout.isTTY) {
    const { terminalCode } = await import('./terminal-code.ts');
    for (const line of terminalCode(url)) console.log(line);
  }
  return ok ? exit.ok : exit.failed;
}

/** Where the gateway of a configuration answers on its own machine. */
function addressOf({ host, port, tls }: Config['server']): string {
  const here = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `${tls ? 'https' : 'http'}://${here.includes(':') ? `[${here}]` : here}:${port}`;
}

/** Changes the people, and says whom alarms do not reach now. */
async function user(words: readonly string[], values: ReturnType<typeof wanted>['values']): Promise<number> {
  const { data: dir, role, kiosk, config } = values;
  const { changeUser } = await import('./user-accounts.ts');
  const code = await changeUser(words, { dir, role, kiosk });
  if (code === exit.ok && words[0] !== 'list' && words[0] !== 'pin')
    await (await import('./say-standby.ts')).sayStandbyOf(config, dir);
  return code;
}

async function run({ config, 'accept-journal': acceptJournal }: ReturnType<typeof wanted>['values']): Promise<number> {
  const { runGateway } = await import('./run-gateway.ts');
  return await runGateway(config, { version: await version(), ui, acceptJournal });
}

/** The service of a district, and what is done beside it. */
async function district(
  command: string,
  rest: readonly string[],
  { config, role, known, into }: ReturnType<typeof wanted>['values'],
): Promise<number> {
  if (command === 'district-certificate') {
    const { certifySchool } = await import('./district/school-certificates.ts');
    return await certifySchool(config, rest[0], into);
  }
  if (command === 'district') {
    const { runDistrict } = await import('./district/run-district.ts');
    return await runDistrict(config, { version: await version(), ui });
  }
  const { changeOfficers, verifyOfficers } = await import('./district/officer-accounts.ts');
  return command === 'district-user' ? await changeOfficers(config, rest, role) : await verifyOfficers(config, known);
}

async function discover(): Promise<number> {
  const { printFound } = await import('./discover-cameras.ts');
  const { plainLog } = await import('../world/logs.ts');
  const { realWorld } = await import('../world/world.ts');
  return await printFound(realWorld(plainLog()));
}

function wanted(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    allowNegative: true,
    options: {
      config: { type: 'string', default: 'config/' },
      data: { type: 'string', default: 'data' },
      seconds: { type: 'string' },
      schools: { type: 'string' },
      lost: { type: 'string' },
      seed: { type: 'string' },
      story: { type: 'string' },
      hours: { type: 'string' },
      port: { type: 'string' },
      role: { type: 'string' },
      to: { type: 'string' },
      from: { type: 'string' },
      into: { type: 'string' },
      user: { type: 'string' },
      url: { type: 'string' },
      name: { type: 'string', multiple: true },
      replace: { type: 'boolean', default: false },
      kiosk: { type: 'boolean' },
      known: { type: 'string' },
      schema: { type: 'boolean', default: false },
      'accept-journal': { type: 'boolean', default: false },
    },
  });
}

/** How many words may follow a command; none where it stands not here. */
const wordsAfter: Readonly<Record<string, number>> = {
  ...{ user: 2, 'district-user': 2, 'district-certificate': 1, import: 1, help: 1 },
};

async function dispatch(argv: readonly string[]): Promise<number> {
  const { values, positionals } = wanted(argv);
  const [command = 'help', ...rest] = positionals;
  // A dash of full width makes a word of an option, which would be passed over.
  const stray = rest[wordsAfter[command] ?? 0];
  if (stray !== undefined) {
    console.error(`${strayWord(stray)}\n${usage}`);
    return exit.usage;
  }
  switch (command) {
    case 'run':
      return await run(values);
    case 'check':
      return await check(values.config, values.schema);
    case 'demo':
      return await demo(values);
    case 'district':
    case 'district-user':
    case 'district-verify':
    case 'district-certificate':
      return await district(command, rest, values);
    case 'sim':
      return await (await import('./run-sim.ts')).simulate(values);
    case 'verify':
      return await verify(values.data);
    case 'user':
      return await user(rest, values);
    case 'import':
      return await takeFile(rest[0], values);
    case 'export':
      return await exportDays(values);
    case 'certificates':
      return await certificates(values);
    case 'reload':
      return await onStore(values.config, (await import('./reload.ts')).reloadGateway);
    case 'backup': {
      if (values.to === undefined) break;
      const { backUp } = await import('./backup.ts');
      return await onStore(values.config, (dir) => backUp(dir, values.config, values.to ?? ''));
    }
    case 'describe-mqtt':
      return await (await import('./describe-mqtt.ts')).printMqtt();
    case 'discover':
      return await discover();
    default:
  }
  console.error(usage);
  return command === 'help' ? exit.ok : exit.usage;
}

/** Runs one command; resolves with the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    return await dispatch(argv);
  } catch (error) {
    if (error instanceof StoreError) {
      console.error(bothLanguages(error.why));
      return exit.failed;
    }
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
      console.error(`${error.message}\n${usage}`);
      return exit.usage;
    }
    throw error;
  }
}
