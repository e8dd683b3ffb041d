/** What an administrator says of a school: a new one, or one that is there. */
import { useState } from 'preact/hooks';
import { labelWidth, schoolShortMax } from '../../../core/site/naming.ts';
import type { SchoolForm as SchoolSaid, SchoolShown } from '../../../district/board/access-types.ts';
import { schoolPageWords as w } from '../../../words/district/access-page-words.ts';
import { Failure } from '../../page/failure.tsx';
import { post } from '../../page/gateway-api.ts';
import { say } from '../../page/language.ts';
import { useAct } from '../../page/page-frame.tsx';

/** A key that was made: it is shown this once. */
export interface KeyMade {
  readonly school: string;
  readonly key: string;
}

type SchoolTexts = Readonly<
  Record<'school' | 'nameZh' | 'nameEn' | 'shortZh' | 'shortEn' | 'street' | 'x' | 'y', string>
>;
/** What the district takes as the id of a school, so that a slip is named where it is typed. */
const SCHOOL_ID = '\\s*[a-z0-9](?:[a-z0-9\\-]{0,38}[a-z0-9])?\\s*';
const most: Readonly<Partial<Record<keyof SchoolTexts, number>>> = { school: 40, shortZh: 12, shortEn: 12 };
/** A short name has room for so many Chinese characters, or twice as many letters: said where it is typed. */
const tooWide = (key: keyof SchoolTexts, text: string): boolean =>
  (key === 'shortZh' || key === 'shortEn') && labelWidth(text.trim()) > schoolShortMax;

const textsOf = (one: SchoolShown | undefined): SchoolTexts => ({
  ...{ school: one?.school ?? '', nameZh: one?.nameZh ?? '', nameEn: one?.nameEn ?? '', shortZh: one?.shortZh ?? '' },
  ...{ shortEn: one?.shortEn ?? '', street: one?.street ?? '', x: String(one?.x ?? ''), y: String(one?.y ?? '') },
});
const placeOf = (text: string): number | null => (text.trim() === '' ? null : Number(text));
function saidOf({ school: _, x, y, ...texts }: SchoolTexts, kind: SchoolSaid['kind']): SchoolSaid {
  return { ...texts, kind, x: placeOf(x), y: placeOf(y) };
}

export function SchoolForm({
  was,
  streets,
  done,
}: {
  was: SchoolShown | undefined;
  streets: readonly string[];
  done: (made?: KeyMade) => void;
}) {
  const [texts, setTexts] = useState(textsOf(was));
  const [kind, setKind] = useState<SchoolSaid['kind']>(was?.kind ?? 'school');
  const { busy, failure, act } = useAct();
  const field = (key: keyof SchoolTexts, title: string, required = true) => (
    <label>
      {title}
      <input
        name={key}
        value={texts[key]}
        required={required}
        maxLength={most[key] ?? 60}
        disabled={key === 'school' && was !== undefined}
        {...(key === 'school' && { pattern: SCHOOL_ID, title: say(w.idHint) })}
        {...(key === 'street' && { list: 'streets-known' })}
        {...((key === 'x' || key === 'y') && { type: 'number', min: 0, max: 1_000 })}
        ref={(at) => at?.setCustomValidity(tooWide(key, texts[key]) ? say(w.tooWide) : '')}
        onInput={(e) => setTexts({ ...texts, [key]: e.currentTarget.value })}
      />
    </label>
  );
  const give = (event: Event) => {
    event.preventDefault();
    void act(async () => {
      if (was) {
        await post(`/api/schools/${was.school}`, saidOf(texts, kind), 'PUT');
        return done();
      }
      const school = texts.school.trim();
      const { key } = await post<{ readonly key: string }>('/api/schools', { school, ...saidOf(texts, kind) });
      done({ school, key });
    });
  };
  return (
    <form class="accessform" onSubmit={give}>
      {field('school', `${say(w.id)} (${say(w.idHint)})`)}
      {field('nameZh', say(w.nameZh))}
      {field('nameEn', say(w.nameEn))}
      {field('shortZh', say(w.shortZh))}
      {field('shortEn', say(w.shortEn))}
      {field('street', say(w.street))}
      <datalist id="streets-known">
        {streets.map((street) => (
          <option key={street} value={street} />
        ))}
      </datalist>
      <label>
        {say(w.kind)}
        <select name="kind" value={kind} onChange={(e) => setKind(e.currentTarget.value as SchoolSaid['kind'])}>
          <option value="school">{say(w.school)}</option>
          <option value="kindergarten">{say(w.kindergarten)}</option>
        </select>
      </label>
      {field('x', `${say(w.place)} x`, false)}
      {field('y', 'y', false)}
      <span class="acts">
        <button type="submit" class="btn main" disabled={busy}>
          {say(w.save)}
        </button>
        <button type="button" class="btn" onClick={() => done()}>
          {say(w.cancel)}
        </button>
      </span>
      <Failure why={failure} />
    </form>
  );
}
