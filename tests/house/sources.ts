/**
 * The files of the house as the house tests see them: path from the root, and text.
 * Only what git would keep counts; installed packages and built pages are not ours.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Source {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** Every file below the folders whose name ends in one of the endings. */
export function sources(folders: readonly string[], endings: readonly string[]): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(`${ROOT}${folder}`, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
      .map((entry) => `${entry.parentPath}/${entry.name}`.slice(ROOT.length))
      .sort()
      .map((path) => ({ path, text: readFileSync(`${ROOT}${path}`, 'utf8') })),
  );
}

export const CODE = ['.ts', '.tsx', '.mjs'] as const;
