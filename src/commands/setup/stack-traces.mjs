/**
 * Stack traces of the built program name the source and its line. A map is read when a trace that needs it is asked for the first time, and not
 * with the file: maps take megabytes and every start would read them. It must never keep a trace from being told: what it cannot
 * place stands as it came. It must stay plain JavaScript.
 */
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Where a call stands, as V8 writes it: the address of a built file, line and column from one. */
const PLACE = /(file:\/\/[^\s()]+\.js):(\d+):(\d+)/;

/** The map of a built file; undefined where there is none that can be read. */
function mapOf(url) {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(url)}.map`, 'utf8')));
  } catch {
    return undefined;
  }
}

/** From now on; `folder` is that of the built program. */
export function traceToSources(folder) {
  const built = pathToFileURL(folder).href;
  const maps = new Map();
  const placed = (call) =>
    call.replace(PLACE, (place, url, line, column) => {
      if (!url.startsWith(built)) return place;
      if (!maps.has(url)) maps.set(url, mapOf(url));
      const { fileName, lineNumber, columnNumber } = maps.get(url)?.findOrigin(Number(line), Number(column)) ?? {};
      return fileName === undefined ? place : `${new URL(fileName, url).href}:${lineNumber}:${columnNumber}`;
    });
  Error.prepareStackTrace = (error, calls) => {
    let head = 'Error';
    try {
      head = String(error);
      return [head, ...calls.map((call) => `    at ${placed(String(call))}`)].join('\n');
    } catch {
      return `${head}\n    at ${calls.join('\n    at ')}`;
    }
  };
}
