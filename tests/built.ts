/**
 * The built program for a test that runs it: built of these very sources, once for all tests of a run. It must never hand out a build of other
 * sources.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';

const commands = join(import.meta.dirname, '../src/commands');
const { buildProgram, programBuilt } = (await import(join(commands, 'setup/build-program.mjs'))) as {
  buildProgram(node: string): Promise<void>;
  programBuilt(): boolean;
};
const { builtProgram } = (await import(join(commands, 'setup/program-mark.mjs'))) as {
  builtProgram(): string | undefined;
};
/** What a school gives its Node. */
export const { FITTED } = (await import(join(commands, 'setup/run-program.mjs'))) as {
  readonly FITTED: readonly string[];
};

/** The door of the built program. Rejects when it cannot be built. */
export async function builtDoor(): Promise<string> {
  if (!programBuilt()) await buildProgram(process.execPath);
  return join(commands, 'start-built.mjs');
}

/** Where it lies; to be asked after the door. */
export function builtFolder(): string {
  const folder = builtProgram();
  assert(folder, 'there is a build');
  return folder;
}
