/** A school of the screens' tests that speaks to a real district: its site, its day as lines, and more of them as they come. */
import { createHash } from 'node:crypto';
import type { Site } from '../../src/core/types.ts';
import type { Database } from '../../src/district/database/database.ts';
import { makeSchoolKey } from '../../src/district/ingest/school-key.ts';
import { campus } from '../ui/campus.ts';
import { asEvents, type Dated } from '../ui/scenes.ts';
import type { Bureau } from './bureau.ts';
import { MadeSchool } from './made-school.ts';
import { addSchool } from './some-district.ts';

export class CopiedCampus extends MadeSchool {
  #send: (more?: object) => Promise<void> = async () => undefined;
  #sent = 0;

  /** Joins the district and sends its site; its day so far ends now. */
  static async join(
    bureau: Bureau,
    db: Database,
    id: string,
    day: readonly Dated[],
    { street = 'East', site = campus }: { readonly street?: string; readonly site?: Site } = {},
  ): Promise<CopiedCampus> {
    const school = new CopiedCampus(id);
    await addSchool(db, school, street);
    const { key, id: name, hash } = makeSchoolKey(id);
    await db.query('INSERT INTO school_key (school, id, hash, made_at, made_by) VALUES ($1, $2, $3, 0, $4)', [
      ...[id, name, hash, 'admin'],
    ]);
    const text = JSON.stringify(site);
    await db.query('INSERT INTO site (school, hash, body, at) VALUES ($1, $2, $3::jsonb, 0)', [
      ...[id, createHash('sha256').update(text).digest('hex'), text],
    ]);
    school.#send = async (more = {}) => {
      const body = JSON.stringify({ ...school.batch(school.#sent + 1), ...more });
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      const answer = await bureau.ask('/ingest', { method: 'POST', headers, body });
      if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
      school.#sent = school.lines.length;
    };
    await school.tell(day);
    return school;
  }

  /** Says these facts and sends them. `now`: the school's time. */
  async tell(facts: readonly Dated[], now = Date.now()): Promise<void> {
    for (const event of asEvents(facts, this.lines.length, now)) this.lines.push(JSON.stringify(event));
    this.at = now;
    await this.#send();
  }

  /** A sign of life; `head` more than it sends: lines that are on their way. */
  async beat(more: object = {}): Promise<void> {
    this.at = Date.now();
    await this.#send(more);
  }
}
