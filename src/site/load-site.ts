/**
 * Reads the configuration: one YAML file in, either a whole Config or every error in it at once, each with its place.
 * It reads files and the environment it is given and nothing else; it must never start, open or write anything, and never
 * let a secret into an error.
 */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { authorityNames } from '../authority/server-pair.ts';
import type { Words } from '../core/types.ts';
import type { Profile } from '../profile/profile.ts';
import {
  bothWritten,
  configUnreadable,
  dataFolderUnnamed,
  passwordFileEmpty,
  passwordFileOpen,
  passwordFileUnreadable,
  schoolUnreadable,
} from '../words/site/config-text-words.ts';
import { WordedError } from '../words/worded-error.ts';
import { untranslated } from '../words/words.ts';
import { checkShape, numbersFromEnv } from './check-shape.ts';
import { crossCheck } from './check-site.ts';
import { checkKeys } from './check-site-net.ts';
import { type Config, compile, offsetMinutes } from './compile-site.ts';
import { CatalogError, loadCatalog } from './device-catalog.ts';
import { withCertificates } from './parts/with-certificates.ts';
import type { Partly } from './references.ts';
import { withSecrets } from './secrets-env.ts';
import { type SiteFile, siteFile } from './site-schema.ts';
import { textOf } from './typing-slips.ts';
import { type ConfigError, type Path, readSource, type YamlSource } from './yaml-text.ts';

export type { Config, ConfigLine } from './compile-site.ts';
export type { DeviceOptions, LineOptions } from './device/compile-line.ts';
export { jsonSchema } from './site-schema.ts';
export { type ConfigError, errorText } from './yaml-text.ts';

export type ConfigLoaded =
  | {
      readonly ok: true;
      readonly config: Config /** What is likely not meant, and changes nothing. */;
      readonly warnings: readonly ConfigError[];
    }
  | { readonly ok: false; readonly errors: readonly ConfigError[] };

type Env = Readonly<Record<string, string | undefined>>;

const shippedModels = fileURLToPath(new URL('../../devices', import.meta.url));

function entriesOf(data: unknown, key: string): unknown[] {
  const list = (data as Record<string, unknown> | null | undefined)?.[key];
  return Array.isArray(list) ? list : [];
}

/** The data without what had the wrong shape; what stays can be held against the rest. */
function withoutWrong(data: unknown): Partly<SiteFile> {
  const copy: unknown = structuredClone(data);
  for (const { path, code } of siteFile.safeParse(data).error?.issues ?? []) {
    if (code === 'unrecognized_keys') continue;
    if (path.length === 0) return {};
    let holder = copy as Record<PropertyKey, unknown> | undefined;
    for (const part of path.slice(0, -1)) holder = holder?.[part] as Record<PropertyKey, unknown> | undefined;
    if (holder) holder[path.at(-1)!] = undefined;
  }
  return copy as Partly<SiteFile>;
}

/** Reads one password file; undefined when it was refused. Relative to the configuration's folder. */
async function readSecret(source: YamlSource, path: Path, folder: string, name: string): Promise<string | undefined> {
  const file = resolve(folder, name);
  try {
    const { mode } = await stat(file);
    if ((mode & 0o077) !== 0) {
      source.refuse(path, passwordFileOpen(source.found(path)));
      return undefined;
    }
    const secret = (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
    if (secret === '') source.refuse(path, passwordFileEmpty(source.found(path)));
    return secret;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    source.refuse(path, passwordFileUnreadable(source.found(path), code));
    return undefined;
  }
}

/** The password of everything that has one, by the path of its holder. */
async function readSecrets(source: YamlSource, data: unknown, folder: string): Promise<ReadonlyMap<string, string>> {
  const secrets = new Map<string, string>();
  const { influx, mqttOut, gb28181, dc09, district, server } = (data ?? {}) as Record<
    'influx' | 'mqttOut' | 'gb28181' | 'dc09' | 'district',
    unknown
  > & { server?: Record<string, unknown> };
  const metrics = { password: server?.metricsToken, passwordFile: server?.metricsTokenFile };
  const holders: [Path, unknown][] = [
    [['influx'], influx],
    [['mqttOut'], mqttOut],
    [['gb28181'], gb28181],
    [['district'], district],
    [['server'], metrics],
  ];
  for (const [i, holder] of entriesOf(dc09, 'receivers').entries()) holders.push([['dc09', 'receivers', i], holder]);
  for (const list of ['lines', 'devices', 'channels', 'heartbeat']) {
    for (const [i, holder] of entriesOf(data, list).entries()) holders.push([[list, i], holder]);
  }
  for (const [path, holder] of holders) {
    const { password, passwordFile } = (holder ?? {}) as { password?: unknown; passwordFile?: unknown };
    const name = path[0] === 'server' ? 'metricsToken' : 'password';
    if (password !== undefined && passwordFile !== undefined) {
      source.refuse([...path, `${name}File`], bothWritten(name, `${name}File`));
    } else if (typeof passwordFile === 'string') {
      const secret = await readSecret(source, [...path, `${name}File`], folder, passwordFile);
      if (secret !== undefined) secrets.set(path.join('.'), secret);
    } else if (typeof password === 'string') secrets.set(path.join('.'), password);
  }
  return secrets;
}

function failed(file: string, line: number, message: Words): ConfigLoaded {
  return { ok: false, errors: [{ file, line, column: 1, path: '', message }] };
}

/** The text of the file, or of `campus.yaml` in the folder; undefined with nothing readable there. */
async function readConfigFile(
  path: string,
): Promise<{ file: string; text: string } | { file: string; line: number; why: Words }> {
  let file = path;
  try {
    if ((await stat(path)).isDirectory()) file = join(path, 'campus.yaml');
    const text = textOf(await readFile(file));
    return 'text' in text ? { file, ...text } : { file, line: text.line, why: text.message };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    return { file, line: 1, why: configUnreadable(code) };
  }
}

/**
 * Loads and checks a configuration. `path` is a YAML file, or a folder and then its `campus.yaml`. Wrong configuration is
 * a value, never an exception. Profiles default to the models of `devices/`.
 */
export async function loadConfig(
  path: string,
  env: Env,
  profiles?: ReadonlyMap<string, Profile>,
): Promise<ConfigLoaded> {
  const read = await readConfigFile(path);
  if ('why' in read) return failed(read.file, read.line, read.why);
  let models = profiles;
  try {
    models ??= await loadCatalog(shippedModels);
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    return {
      ok: false,
      // Of models, which are code, programmers are told in their own words.
      errors: error.faults.map(({ file, message }) => {
        return { file, line: 1, column: 1, path: '', message: untranslated(message) };
      }),
    };
  }
  const folder = dirname(resolve(read.file));
  const known = await withSecrets(folder, env);
  if ('error' in known) return { ok: false, errors: [known.error] };
  const source = readSource(read.file, read.text, known.env);
  if (!source.readable) return { ok: false, errors: source.errors };
  const data = numbersFromEnv(source, siteFile);
  const whole = checkShape(source, siteFile, data);
  crossCheck({ source, file: whole ? (data as Partly<SiteFile>) : withoutWrong(data), profiles: models });
  const secrets = await readSecrets(source, data, folder);
  checkKeys(source, secrets);
  if (!whole || source.errors.length > 0) {
    const errors = source.errors.toSorted((a, b) => a.line - b.line || a.column - b.column);
    return { ok: false, errors };
  }
  const hash = createHash('sha256').update(read.text).digest('hex');
  const config = compile(whole, { hash, folder, secrets, profiles: models });
  return { ok: true, config: await withCertificates(config), warnings: source.warnings };
}

/** What commands beside the gateway need of a configuration, in whose environment its passwords do not stand. */
export interface KnownSchool {
  readonly dir: string;
  readonly name: Words;
  readonly utcOffsetMin: number;
}

/** A configuration as far as it can be read without its secrets, or why not at all. */
async function readWithout(path: string, env: Env): Promise<{ source: YamlSource; folder: string } | ConfigError> {
  const read = await readConfigFile(path);
  if ('why' in read) return { file: read.file, line: 1, column: 1, path: 'store.dir', message: read.why };
  const folder = dirname(resolve(read.file));
  // Secrets that this user may not read are not needed either.
  const known = await withSecrets(folder, env);
  return { source: readSource(read.file, read.text, 'env' in known ? known.env : env), folder };
}

/** The data folder a configuration names, whatever else is wrong with it. */
export async function readStoreDir(path: string, env: Env): Promise<string | ConfigError> {
  const read = await readWithout(path, env);
  if ('message' in read) return read;
  const { source, folder } = read;
  const { store } = ((source.readable && source.data()) || {}) as { store?: { dir?: unknown } };
  const wrong = source.errors.find((error) => !source.readable || error.path === 'store.dir');
  if (wrong) return wrong;
  if (typeof store?.dir === 'string') return resolve(folder, store.dir);
  return { file: source.file, line: 1, column: 1, path: 'store.dir', message: dataFolderUnnamed };
}

/** The data folder, the name and the clock of the school, whatever else is wrong with the configuration. */
export async function readKnownSchool(path: string, env: Env): Promise<KnownSchool | ConfigError> {
  const dir = await readStoreDir(path, env);
  if (typeof dir !== 'string') return dir;
  const read = await readWithout(path, env);
  if ('message' in read) return read;
  const school = siteFile.shape.school.safeParse((read.source.data() as { school?: unknown }).school);
  if (school.success) return { dir, name: school.data.name, utcOffsetMin: offsetMinutes(school.data.timezone) };
  return { file: read.source.file, line: 1, column: 1, path: 'school', message: schoolUnreadable };
}

/** What the school's own certificates need to know of a configuration. */
export interface CertificatePlace extends KnownSchool {
  /** The file that was read. */
  readonly file: string;
  /** Where they lie or will lie; absolute. */
  readonly folder: string;
  /** The file names that folder already. */
  readonly configured: boolean;
  readonly port: number;
}

/** Where the school's own certificates belong, whatever else is wrong with the configuration. */
export async function readCertificatePlace(path: string, env: Env): Promise<CertificatePlace | ConfigError> {
  const school = await readKnownSchool(path, env);
  if ('message' in school) return school;
  const read = await readWithout(path, env);
  if ('message' in read) return read;
  const { server } = read.source.data() as { server?: unknown };
  const { authority, port } = (server ?? {}) as Record<string, unknown>;
  const configured = typeof authority === 'string';
  const folder = configured ? resolve(read.folder, authority) : join(school.dir, 'certificates');
  return { ...school, file: read.source.file, folder, configured, port: typeof port === 'number' ? port : 443 };
}

/** Keys whose values name files. */
const fileKeys: ReadonlySet<string> = new Set(['key', 'cert', 'ca', 'passwordFile', 'metricsTokenFile', 'font']);
/** What stands behind a font's file is which of its faces. */
const withoutFace = (key: string, value: string) => (key === 'font' ? value.replace(/#.*$/, '') : value);

/** The folder of a configuration, the file itself and every file it names, as they are written, for a copy of all of it. */
export async function configFiles(path: string, env: Env): Promise<{ folder: string; files: readonly string[] }> {
  const read = await readConfigFile(path);
  if ('why' in read) throw Object.assign(new WordedError(read.why), { code: 'ENOENT' });
  const named = new Set([resolve(read.file), resolve(dirname(read.file), 'secrets.env')]);
  const walk = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const [key, value] of Object.entries(part)) {
      if (key === 'authority' && typeof value === 'string')
        for (const name of Object.values(authorityNames)) named.add(join(value, name));
      else if (fileKeys.has(key) && typeof value === 'string') named.add(withoutFace(key, value));
      else walk(value);
    }
  };
  const source = readSource(read.file, read.text, env);
  if (source.readable) walk(source.data());
  return { folder: dirname(resolve(read.file)), files: [...named] };
}
