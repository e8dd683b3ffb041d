/**
 * The least a replay can be: every row of the journal read from SQLite in order and parsed. Nothing is folded.
 */
import Database from 'better-sqlite3';
import { clock, play } from './peer.ts';

await play(async ({ path }: { path: string }) => ({
  acts: {
    /** Reads all of it; how many events, and how long it took in ms. */
    read(): { events: number; ms: number } {
      const began = clock();
      const db = new Database(path, { readonly: true });
      let events = 0;
      let seq = 0;
      for (const json of db.prepare<[], string>('select json from events order by seq').pluck().iterate()) {
        seq = (JSON.parse(json) as { seq: number }).seq;
        events += 1;
      }
      db.close();
      if (seq !== events) throw new Error(`the last of ${events} events is number ${seq}`);
      return { events, ms: clock() - began };
    },
  },
}));
