/**
 * The device models of a folder, loaded and proved: a model that contradicts itself is refused before a school depends on
 * it. All faults of all files are said at once. It must never mend a model or guess what its author meant.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Profile } from '../profile/profile.ts';
import { faultsOf } from './profile-laws.ts';

export interface CatalogFault {
  readonly file: string;
  readonly message: string;
}

/** Thrown when the folder holds something that is no true model; `faults` has every reason. */
export class CatalogError extends Error {
  readonly faults: readonly CatalogFault[];
  constructor(faults: readonly CatalogFault[]) {
    super(faults.map(({ file, message }) => `${file}: ${message}`).join('\n'));
    this.name = 'CatalogError';
    this.faults = faults;
  }
}

/** Imports one file; what went wrong is a sentence. */
async function load(file: string): Promise<{ profile: unknown } | { why: string }> {
  try {
    const module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { default?: unknown };
    return module.default === undefined
      ? { why: 'has no default export; write `export default profile({…})`' }
      : { profile: module.default };
  } catch (error) {
    return { why: `cannot be loaded: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Every model of the folder by id. Throws a CatalogError that names all faults of all files. */
export async function loadCatalog(dir: string): Promise<Map<string, Profile>> {
  const catalog = new Map<string, Profile>();
  const faults: CatalogFault[] = [];
  const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    throw new CatalogError([{ file: dir, message: `the folder of device models cannot be read (${error.code})` }]);
  });
  for (const name of names.filter((entry) => /\.(ts|js)$/.test(entry)).sort()) {
    const file = join(dir, name);
    const loaded = await load(file);
    if ('why' in loaded) {
      faults.push({ file, message: loaded.why });
      continue;
    }
    const found = faultsOf(loaded.profile, name.slice(0, -3));
    for (const message of found) faults.push({ file, message });
    if (found.length > 0) continue;
    const profile = loaded.profile as Profile;
    if (catalog.has(profile.id))
      faults.push({ file, message: `the id ${profile.id} belongs to another model already` });
    catalog.set(profile.id, profile);
  }
  if (faults.length > 0) throw new CatalogError(faults);
  return catalog;
}
