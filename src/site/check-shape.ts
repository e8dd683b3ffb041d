/**
 * Data of a YAML file held against a schema: every difference at once, each at its place, said as what was found and what was expected. It must
 * never show what stands where a secret belongs; `YamlSource` sees to that.
 */
import type { z } from 'zod';
import {
  anotherValue,
  bound,
  expectedBySchema,
  foundExpected,
  missing,
  oneOf,
  typeWords,
  unknownKey,
} from '../words/site/config-shape-words.ts';
import { untranslated, type Words } from '../words/words.ts';
import { suggest } from './suggest.ts';
import type { Path, YamlSource } from './yaml-text.ts';

/** Finishes the sentence "expected …" for what zod found; undefined leaves it to the field's own words. */
function expectation(issue: z.core.$ZodRawIssue): Words {
  if (issue.code === 'invalid_type') return typeWords[issue.expected] ?? untranslated(issue.expected);
  if (issue.code === 'invalid_value') return oneOf(issue.values.map(String));
  if (issue.code === 'invalid_union' && issue.discriminator) return oneOf(issue.options as string[]);
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    const [side, limit] =
      issue.code === 'too_small' ? (['least', issue.minimum] as const) : (['most', issue.maximum] as const);
    const of = issue.origin === 'string' ? 'characters' : issue.origin === 'array' ? 'entries' : undefined;
    return bound(side, limit, issue.inclusive !== false, of);
  }
  return anotherValue;
}

/** Checks the data against a schema and reports every difference. Gives the typed value when there was none. */
export function checkShape<S extends z.ZodType>(source: YamlSource, schema: S, data: unknown): z.infer<S> | undefined {
  const known = new Map<string, readonly string[]>();
  const worded = new Map<string, Words>();
  const result = schema.safeParse(data, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') {
        const expected = expectation(issue);
        worded.set(expected.en, expected);
        return expected.en;
      }
      const shape = (issue.inst as z.ZodObject | undefined)?.shape ?? {};
      known.set((issue.path ?? []).join('.'), Object.keys(shape));
      return 'known keys';
    },
  });
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const path = issue.path as Path;
    if (issue.code === 'unrecognized_keys') {
      const right = known.get(path.join('.')) ?? [];
      for (const key of issue.keys) source.refuse([...path, key], unknownKey(key, suggest(key, right)), 'key');
      continue;
    }
    // What zod finds by itself was worded above; the rest a field says in its own words.
    const expected = worded.get(issue.message) ?? expectedBySchema(issue.message);
    if (source.has(path)) source.refuse(path, foundExpected(source.found(path), expected));
    else source.refuse(path, missing(String(path.at(-1)), expected));
  }
  return undefined;
}

/** Makes numbers of texts from the environment where the schema wants numbers, and gives the data. */
export function numbersFromEnv(source: YamlSource, schema: z.ZodType): unknown {
  const data = source.data();
  if (!source.mayBeNumber) return data;
  let changed = false;
  for (const issue of schema.safeParse(data).error?.issues ?? []) {
    if (issue.code === 'invalid_type' && ['number', 'int'].includes(issue.expected))
      changed = source.toNumber(issue.path as Path) || changed;
  }
  return changed ? source.data() : data;
}
