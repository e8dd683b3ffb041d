/**
 * The built program for a test that runs it: built of these very sources, once for all tests of a run. It must never hand out a build of other
 * sources.
 */
import { join } from 'node:path';

const commands = join(import.meta.dirname, '../src/commands');
const { buildProgram, programBuilt } = (await import(join(commands, 'setup/build-program.mjs'))) as {
  buildProgram(node: string): Promise<void>;
  programBuilt(): boolean;
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
