/**
 * What a part's text says, by the profile: an XML document or a maker's `Code=…` line in, events with name, state and channel out.
 * Pure. It must never throw, and never decide what an event means to a school.
 */
import { parseString } from 'xml2js';
import type { HttpStreamWire } from '../../profile/profile.ts';

/** One event as it stands on the wire. */
export interface WireEvent {
  readonly name: string;
  /** What the maker's word for its state means; undefined when the profile does not know the word. */
  readonly state: 'on' | 'off' | 'pulse' | undefined;
  readonly stateWord: string;
  /** As people count, from 1; undefined when it names none. */
  readonly channel: number | undefined;
  /** 0 to 1. */
  readonly certainty?: number;
  readonly fields: object;
}

export type EventsRead =
  | { readonly ok: true; readonly events: readonly WireEvent[] }
  | { readonly ok: false; readonly why: string };

/** Longest name of an event that is believed, and longest words shown of one. */
const NAME_MAX = 80;
/** A text of more events, or more lines, than this is no camera's. */
const EVENTS_MAX = 100;
const LINES_MAX = 2_000;
const DEPTH_MAX = 8;

/** Reads a part's text. Texts that hold nothing give no event. */
export function readEvents(text: string, wire: HttpStreamWire): EventsRead {
  const read = wire.reads === 'xml' ? readXml(text) : readCodes(text);
  if ('why' in read) return { ok: false, why: read.why };
  const events: WireEvent[] = [];
  for (const fields of read.found) {
    const name = wordAt(fields, wire.fields.event);
    if (name === undefined || name.length > NAME_MAX) return { ok: false, why: 'names no event' };
    events.push(eventOf(name, fields, wire));
  }
  return { ok: true, events };
}

/** Whether a text without a true length is all of an event. `open`: more lines of it may come. */
export function wholeText(text: string, open: boolean, reads: HttpStreamWire['reads']): boolean {
  const trimmed = text.trim();
  if (trimmed === '') return !open;
  if (reads === 'xml') {
    const root = /<([A-Za-z_][\w:.-]*)[\s/>]/.exec(trimmed.replace(/<\?[^>]*\?>/, ''))?.[1];
    return root !== undefined && trimmed.endsWith(`</${root}>`);
  }
  const data = /;data=\{/.test(trimmed);
  if (data) return trimmed.endsWith('}') && isJson(trimmed.slice(trimmed.indexOf(';data=') + 6));
  return open ? /^Code=[^;]+;action=[^\n]*\n/.test(text) : true;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The text of a field that is there; dots go deeper. */
export function fieldText(fields: object, path: string): string | undefined {
  let at: unknown = fields;
  for (const key of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
    if (Array.isArray(at)) at = at[0];
  }
  return typeof at === 'string' || typeof at === 'number' || typeof at === 'boolean' ? String(at).trim() : undefined;
}

function wordAt(fields: object, paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const word = fieldText(fields, path);
    if (word !== undefined && word !== '') return word;
  }
  return undefined;
}

function eventOf(name: string, fields: object, wire: HttpStreamWire): WireEvent {
  const word = wordAt(fields, wire.fields.state) ?? '';
  const known = Object.keys(wire.states).find((one) => one.toLowerCase() === word.toLowerCase());
  const channel = Number(wordAt(fields, wire.fields.channel) ?? Number.NaN) - wire.firstChannel + 1;
  const sure = Number(wordAt(fields, wire.fields.certainty ?? []) ?? Number.NaN);
  // Makers write it as a part of one or of a hundred.
  const certainty = sure > 1 ? sure / 100 : sure;
  return {
    name,
    state: known === undefined ? undefined : wire.states[known],
    stateWord: word.slice(0, NAME_MAX),
    channel: Number.isInteger(channel) && channel > 0 ? channel : undefined,
    ...(certainty >= 0 && certainty <= 1 && { certainty }),
    fields,
  };
}

type Found = { readonly found: readonly object[] } | { readonly why: string };

function readXml(text: string): Found {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) return { why: 'XML with a document type, which no camera needs' };
  let found: Found = { why: 'not XML' };
  const options = {
    ...{ explicitArray: false, explicitRoot: true, ignoreAttrs: true, strict: true, async: false },
    tagNameProcessors: [(name: string) => name.replace(/^.*:/, '')],
  };
  try {
    parseString(text.trim(), options, (error, result) => {
      if (error) found = { why: `not XML: ${error.message.split('\n')[0]!.slice(0, NAME_MAX)}` };
      else if (typeof result !== 'object' || result === null) found = { why: 'XML without fields' };
      else found = { found: [result] };
    });
  } catch (error) {
    return {
      why: `not XML: ${error instanceof Error ? error.message.split('\n')[0]!.slice(0, NAME_MAX) : 'unreadable'}`,
    };
  }
  return found;
}

function readCodes(text: string): Found {
  const trimmed = text.trim();
  if (/^Heartbeat\b/i.test(trimmed)) return { found: [{ Code: 'Heartbeat' }] };
  if (/^Events\[\d+\]\./m.test(trimmed)) return readLines(trimmed);
  const blocks = trimmed.split(/(?=^Code=)/m).slice(0, EVENTS_MAX);
  const found: object[] = [];
  for (const block of blocks) {
    const said = /^Code=([^;\r\n]+);action=([^;\r\n]+)(?:;index=(-?\d{1,6}))?\s*(?:;data=([\s\S]*))?/.exec(block);
    if (!said) return { why: 'neither Code=…;action=… nor Events[n].…' };
    const [, Code, action, index, data] = said;
    found.push({ Code, action: action!.trim(), ...(index !== undefined && { index }), ...dataOf(data) });
  }
  return { found };
}

/** What the camera adds to an event. Cut off, it costs the addition and not the event. */
function dataOf(text: string | undefined): { data?: object } {
  if (text === undefined) return {};
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' && data !== null ? { data } : {};
  } catch {
    return {};
  }
}

/** `Events[0].EventBaseInfo.Code=FireDetection`, a line a field. */
function readLines(text: string): Found {
  const found = new Map<string, Record<string, unknown>>();
  for (const line of text.split(/\r?\n/).slice(0, LINES_MAX)) {
    const said = /^Events\[(\d{1,3})\]\.([\w.[\]]{1,200})=(.*)$/.exec(line.trim());
    if (!said) continue;
    const [, index, path, value] = said as unknown as [string, string, string, string];
    if (!found.has(index) && found.size >= EVENTS_MAX) continue;
    const fields = found.get(index) ?? (Object.create(null) as Record<string, unknown>);
    found.set(index, fields);
    place(fields, path.split('.'), value);
  }
  return { found: [...found.values()] };
}

function place(fields: Record<string, unknown>, path: readonly string[], value: string): void {
  let at = fields;
  for (const key of path.slice(0, Math.min(path.length, DEPTH_MAX) - 1)) {
    const next = at[key];
    if (typeof next === 'object' && next !== null) at = next as Record<string, unknown>;
    else {
      const deeper = Object.create(null) as Record<string, unknown>;
      at[key] = deeper;
      at = deeper;
    }
  }
  at[path[Math.min(path.length, DEPTH_MAX) - 1]!] = value;
}
