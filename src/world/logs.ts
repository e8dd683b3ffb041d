/**
 * The two logs of the program: JSON lines for a service, and plain sentences for somebody watching the demonstration.
 * Neither may ever be given a secret; the fields named here are struck out all the same.
 */
import pino from 'pino';
import type { Log } from './world.ts';

/** JSON lines on standard output. */
export function serviceLog(): Log {
  const redact = ['password', '*.password', 'cookie', '*.cookie', 'authorization', '*.authorization'];
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime, redact });
  const say = (level: 'info' | 'warn' | 'error') => (message: string, fields?: Record<string, unknown>) =>
    fields ? logger[level](fields, message) : logger[level](message);
  return { info: say('info'), warn: say('warn'), error: say('error') };
}

/** Sentences on standard error; what merely informs is left out. */
export function plainLog(): Log {
  const say = (mark: string) => (message: string) => void process.stderr.write(`${mark} ${message}\n`);
  return { info: () => undefined, warn: say('!'), error: say('!!') };
}
