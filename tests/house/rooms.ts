/**
 * Prints the rooms of the program: how many files stand in each, and which rooms each stands on. `npm run rooms`.
 */
import { arrows, circles, roomOf } from './import-table.ts';
import { CODE, sources } from './sources.ts';

const files = sources(['src', 'devices', 'simulators'], CODE);
const counts = new Map<string, number>();
for (const { path } of files) counts.set(roomOf(path), (counts.get(roomOf(path)) ?? 0) + 1);
const below = arrows(files);
const width = Math.max(...[...counts.keys()].map((room) => room.length));
for (const [room, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const on = [...(below.get(room) ?? [])].map((other) => other.replace(/^src\//, '')).sort();
  console.log(`${room.padEnd(width)} ${String(count).padStart(3)}  ${on.length > 0 ? `→ ${on.join(', ')}` : ''}`);
}
for (const circle of circles(below)) console.log(`circle: ${circle}`);
