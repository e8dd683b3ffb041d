/**
 * The parts of an archive whose parts are stored as they are, as the gateway writes them: each a slice of the file, so that nothing is unpacked and
 * nothing grows. It must take no archive that packs; whoever packed it anew unpacks it himself.
 */

const endSign = 0x06054b50;
const listSign = 0x02014b50;
const endBytes = 22;
const remarkMax = 65_535;
const listMax = 8_000_000;
const countMax = 10_000;

const viewOf = async (blob) => new DataView(await blob.arrayBuffer());
/** Where the list of parts lies, and how long it is; undefined where there is none. */
function listOf(view) {
  for (let at = view.byteLength - endBytes; at >= 0; at -= 1) {
    if (view.getUint32(at, true) !== endSign) continue;
    return {
      count: view.getUint16(at + 10, true),
      size: view.getUint32(at + 12, true),
      at: view.getUint32(at + 16, true),
    };
  }
  return undefined;
}

/** Names and slices; undefined where it is no archive, or one that packs. */
export async function zipSlices(file) {
  const list = listOf(await viewOf(file.slice(Math.max(0, file.size - endBytes - remarkMax))));
  if (!list || list.size > listMax || list.count > countMax) return undefined;
  const view = await viewOf(file.slice(list.at, list.at + list.size));
  const found = [];
  for (let at = 0, i = 0; i < list.count; i += 1) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== listSign) return undefined;
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    const [size, from] = [view.getUint32(at + 24, true), view.getUint32(at + 42, true)];
    const [name, more, remark] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    if (method !== 0 || flags % 2 === 1 || at + 46 + name > view.byteLength) return undefined;
    const head = await viewOf(file.slice(from, from + 30));
    if (head.byteLength < 30) return undefined;
    const start = from + 30 + head.getUint16(26, true) + head.getUint16(28, true);
    const path = new TextDecoder().decode(new Uint8Array(view.buffer, at + 46, name));
    if (!path.endsWith('/')) found.push([path, file.slice(start, start + size)]);
    at += 46 + name + more + remark;
  }
  return found;
}
