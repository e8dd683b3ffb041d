/**
 * What a process started by a test is given of the compiled sources that the run keeps (`src/commands/setup.mjs`): half of what the
 * start of a gateway costs is reading the same sources again. It must say nothing else to a process, and changes nothing in what it does.
 */

const { NODE_COMPILE_CACHE: kept } = process.env;

/** For the environment of a process that is given one of its own. Empty where nothing is kept. */
export const compiled: Readonly<Record<string, string>> = kept === undefined ? {} : { NODE_COMPILE_CACHE: kept };
