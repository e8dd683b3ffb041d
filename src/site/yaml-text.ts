/**
 * A YAML file as text that remembers where everything stands: parses it, puts the environment in, and turns a path such
 * as devices[3].line back into line and column. It knows nothing of what the file means. It must never let a secret out:
 * neither a value from the environment nor anything that stands where a password belongs appears in a message.
 */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  type Scalar,
  visit,
} from 'yaml';
import { foundThings } from '../words/site/config-shape-words.ts';
import {
  addressWithPassword,
  aliasesRepeat,
  hookInFile,
  keyInFile,
  keyTwice,
  notYaml,
  passwordInFile,
  slips as slipWords,
  variableNameWrong,
  variableUnset,
} from '../words/site/config-text-words.ts';
import { bothLanguages, untranslated, type Words } from '../words/words.ts';
import { typingSlips } from './typing-slips.ts';

export interface ConfigError {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** Such as devices[3].line; empty for the file as a whole. */
  readonly path: string;
  /** What was found, what was expected, and a hint. Never a secret. */
  readonly message: Words;
}

export type Path = readonly (string | number)[];

export interface YamlSource {
  readonly file: string;
  readonly errors: ConfigError[];
  readonly warnings: ConfigError[];
  /** False when the text is no YAML that could be judged further. */
  readonly readable: boolean;
  /** What the file says, with the environment put in. */
  data(): unknown;
  /** Adds an error at the value, or at its key when the key is what is wrong; the first one of a path stands. */
  refuse(path: Path, message: Words, at?: 'key'): void;
  /** Says what is likely not meant. */
  warn(path: Path, message: Words): void;
  /** What stands at the path, for a message: quoted, shortened, never a secret. */
  found(path: Path): Words;
  /** Whether anything is written at the path. */
  has(path: Path): boolean;
  /** Whether the text at the path came from the environment. */
  secret(path: Path): boolean;
  /** Turns a text that came from the environment into a number; false when it is none. */
  toNumber(path: Path): boolean;
  /** Whether any text that came from the environment could be a number. */
  readonly mayBeNumber: boolean;
}

const maxAliasCount = 100;
const variable = /\$\{([^}]*)\}/g;
const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** user:password@ in an address, unless the password is a variable. */
const plainCredential = /\/\/[^/@:\s]*:(?!\$\{[^}]*\}@)[^/@\s]*@/;

/** `devices[3].line`. */
export function pathText(path: Path): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('');
}

/** `file:line:column path: message`, as compilers print it, in both languages. */
export function errorText(error: ConfigError): string {
  const at = `${error.file}:${error.line}:${error.column}`;
  const said = bothLanguages(error.message);
  return error.path === '' ? `${at} ${said}` : `${at} ${error.path}: ${said}`;
}

function pairOf(items: readonly Pair[], key: string): Pair | undefined {
  return items.findLast((pair) => isScalar(pair.key) && String(pair.key.value) === key);
}

/** The node at the path, or as far as the path goes; the key's node where the value is empty. */
function walk(doc: Document, path: Path): { node: unknown; key: unknown; complete: boolean } {
  let node: unknown = doc.contents;
  let key: unknown;
  for (const part of path) {
    const open = isAlias(node) ? node.resolve(doc) : node;
    if (isMap(open)) {
      const pair = pairOf(open.items, String(part));
      if (!pair) return { node, key, complete: false };
      key = pair.key;
      node = pair.value;
    } else if (isSeq(open) && typeof part === 'number' && part < open.items.length) {
      key = undefined;
      node = open.items[part];
    } else return { node, key, complete: false };
  }
  return { node, key, complete: true };
}

function offsetOf(node: unknown): number | undefined {
  return (node as { range?: readonly number[] } | null | undefined)?.range?.[0];
}

/** Puts the environment into every text value; keys stay as written. Returns what each touched value was written as. */
function substitute(
  doc: Document,
  env: Readonly<Record<string, string | undefined>>,
  refuse: (node: Scalar, path: Path, message: Words) => void,
): Map<Scalar, string> {
  const written = new Map<Scalar, string>();
  visit(doc, {
    Scalar(key, node, ancestors) {
      if (key === 'key' || typeof node.value !== 'string' || !node.value.includes('${')) return;
      const text = node.value;
      written.set(node, text);
      node.value = text.replaceAll(variable, (_, name: string) => {
        const value = variableName.test(name) ? env[name] : undefined;
        if (!variableName.test(name)) refuse(node, pathFrom(ancestors, node), variableNameWrong);
        else if (!value) refuse(node, pathFrom(ancestors, node), variableUnset(name));
        return value ?? '';
      });
    },
  });
  return written;
}

/** The path of a node from its ancestors as `visit` gives them. */
function pathFrom(ancestors: readonly unknown[], node: unknown): Path {
  const path: (string | number)[] = [];
  ancestors.forEach((ancestor, i) => {
    const below = ancestors[i + 1] ?? node;
    if (isSeq(ancestor)) path.push(ancestor.items.indexOf(below));
    else if (isMap(ancestor)) path.push(String(((below as Pair).key as Scalar | null)?.value));
  });
  return path;
}

/** What is wrong with a text under a key, where it is a password for everyone to read. */
function plainSecret(named: unknown, text: string): Words | undefined {
  const variableAlone = /^\$\{[^}]*\}$/.test(text);
  if ((named === 'password' || named === 'metricsToken') && !variableAlone) return passwordInFile;
  if ((named === 'callbackToken' || named === 'callbackKey') && !variableAlone) return keyInFile;
  if (named === 'hook' && !variableAlone) return hookInFile;
  return plainCredential.test(text) ? addressWithPassword : undefined;
}

/** Refuses passwords that stand in the file for everyone to read. */
function refusePlainSecrets(
  doc: Document,
  written: ReadonlyMap<Scalar, string>,
  refuse: (path: Path, message: Words) => void,
): void {
  visit(doc, {
    Node(key, node, ancestors) {
      const scalar = isAlias(node) ? node.resolve(doc) : node;
      if (key === 'key' || !isScalar(scalar) || scalar.value === null) return;
      const pair = ancestors.at(-1) as Pair | undefined;
      const named = isScalar(pair?.key) ? pair.key.value : undefined;
      const text = written.get(scalar) ?? String(scalar.value);
      const why = plainSecret(named, text);
      // Where it stands is looked for only then: that walks through every list around it.
      if (why !== undefined) refuse(pathFrom(ancestors, node), why);
    },
  });
}

/** Aliases that multiply into a huge document are an attack or a slip; YAML's reader gives up on them by throwing. */
function aliasesFit(doc: Document, text: string, refuse: (why: Words) => void): boolean {
  if (!text.includes('*')) return true;
  try {
    doc.toJS({ maxAliasCount });
    return true;
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    refuse(aliasesRepeat);
    return false;
  }
}

function describe(value: unknown): Words {
  if (value === null || value === undefined) return foundThings.nothing;
  if (Array.isArray(value)) return foundThings.list;
  if (typeof value === 'object') return foundThings.group;
  if (typeof value !== 'string') return untranslated(String(value));
  const shown = value.replace(/\/\/[^/@\s]*@/g, '//…@');
  return untranslated(JSON.stringify(shown.length > 40 ? `${shown.slice(0, 40)}…` : shown));
}

/** What yaml itself found wrong with the text. */
function syntaxErrors(doc: Document, text: string, add: (offset: number, path: Path, message: Words) => void): void {
  // Of one `${NAME}` without quotes within braces YAML makes an error of every word after it; they only hide it.
  const bare = doc.errors.filter(({ pos: [offset] }) => text.startsWith('${', offset - 1));
  for (const { pos } of bare) add(pos[0] - 1, [], slipWords.braces);
  if (bare.length > 0) return;
  for (const error of doc.errors) {
    const [offset] = error.pos;
    if (error.code === 'DUPLICATE_KEY') {
      const key = /^[^\s:]+/.exec(text.slice(offset))?.[0] ?? '';
      add(offset, [], keyTwice(key));
    } else add(offset, [], notYaml(error.code, error.message));
  }
}

const isNumeric = ({ value }: Scalar): boolean => /^-?\d+(\.\d+)?$/.test(String(value));

/** Looks at scalars by path; `written` are the ones the environment touched, as they stand in the file. */
function looks(
  doc: Document,
  written: ReadonlyMap<Scalar, string>,
): Pick<YamlSource, 'found' | 'has' | 'secret' | 'toNumber' | 'mayBeNumber'> {
  const scalarAt = (path: Path): Scalar | undefined => {
    const { node, complete } = walk(doc, path);
    const open = isAlias(node) ? node.resolve(doc) : node;
    return complete && isScalar(open) ? open : undefined;
  };
  return {
    mayBeNumber: [...written.keys()].some(isNumeric),
    has: (path) => walk(doc, path).complete,
    secret: (path) => {
      const scalar = scalarAt(path);
      return scalar !== undefined && written.has(scalar);
    },
    found: (path) => {
      const scalar = scalarAt(path);
      const original = scalar && written.get(scalar);
      if (original !== undefined) {
        const variables = original.match(variable);
        return variables ? foundThings.valueOf(variables) : foundThings.aVariable;
      }
      const { node, complete } = walk(doc, path);
      return describe(complete ? (scalar ? scalar.value : isSeq(node) ? [] : isMap(node) ? {} : null) : undefined);
    },
    toNumber: (path) => {
      const scalar = scalarAt(path);
      if (!scalar || !written.has(scalar) || !isNumeric(scalar)) return false;
      scalar.value = Number(scalar.value);
      return true;
    },
  };
}

/** Reads YAML text. What is wrong with it as text is in `errors` already; the meaning is left to the caller. */
export function readSource(file: string, text: string, env: Readonly<Record<string, string | undefined>>): YamlSource {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const errors: ConfigError[] = [];
  const refused = new Set<string>();
  const add = (offset: number, path: Path, message: Words): void => {
    const shown = pathText(path);
    if (shown !== '' && refused.has(shown)) return;
    refused.add(shown);
    const { line, col } = lines.linePos(offset);
    errors.push({ file, line: Math.max(line, 1), column: Math.max(col, 1), path: shown, message });
  };
  const refuse: YamlSource['refuse'] = (path, message, at) => {
    const { node, key } = walk(doc, path);
    const byKey = at === 'key' || (isScalar(node) && node.value === null);
    add((byKey ? offsetOf(key) : undefined) ?? offsetOf(node) ?? offsetOf(key) ?? 0, path, message);
  };
  const warnings: ConfigError[] = [];
  const warn: YamlSource['warn'] = (path, message) => {
    const { node, key } = walk(doc, path);
    const { line, col } = lines.linePos(offsetOf(node) ?? offsetOf(key) ?? 0);
    warnings.push({ file, line, column: col, path: pathText(path), message });
  };
  const slips = typingSlips(text);
  for (const { offset, message } of slips) add(offset, [], message);
  // What YAML makes of a line with a slip only hides it.
  if (slips.length === 0) syntaxErrors(doc, text, add);
  const readable =
    slips.length === 0 &&
    doc.errors.every((error) => error.code === 'DUPLICATE_KEY') &&
    aliasesFit(doc, text, (why) => add(0, [], why));
  const written: ReadonlyMap<Scalar, string> = readable
    ? substitute(doc, env, (node, path, message) => add(offsetOf(node) ?? 0, path, message))
    : new Map();
  if (readable) refusePlainSecrets(doc, written, refuse);
  return {
    file,
    errors,
    warnings,
    readable,
    refuse,
    warn,
    data: () => doc.toJS({ maxAliasCount }),
    ...looks(doc, written),
  };
}
