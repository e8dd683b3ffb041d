/** People of the bureau: who may log in, as what and for which streets. A first password is shown once. It must never show one again. */
import { useState } from 'preact/hooks';
import type { PersonForm, PersonShown } from '../../../district/board/access-types.ts';
import { type DistrictRole, districtRoles } from '../../../district/board/district-rights.ts';
import { peopleWords as w } from '../../../words/district/access-page-words.ts';
import { districtRoleWords } from '../../../words/district/district-titles.ts';
import { Failure } from '../../page/failure.tsx';
import { post, read } from '../../page/gateway-api.ts';
import { say } from '../../page/language.ts';
import { Show, useAct, useLoaded } from '../../page/page-frame.tsx';
import { DistrictDesk } from '../desk-shell.tsx';
import { AccessBox } from './access-frame.tsx';

type PersonDraft = Omit<PersonForm, 'streets' | 'oidc'> & {
  readonly name: string;
  readonly streets: string;
  readonly oidc: string;
};
const blank: PersonDraft = { name: '', shown: '', role: 'duty', streets: '', oidc: '' };
const draftOf = (one: PersonShown): PersonDraft => ({ ...one, streets: one.streets.join('，'), oidc: one.oidc ?? '' });
const formOf = ({ shown, role, streets, oidc }: PersonDraft): PersonForm => ({
  ...{ shown, role },
  streets: streets
    .split(/[,，、]/)
    .map((street) => street.trim())
    .filter((street) => street !== ''),
  oidc: oidc.trim() === '' ? null : oidc.trim(),
});

/** A secret that is shown this once. */
function Once({ password }: { password: string | undefined }) {
  if (password === undefined) return null;
  return (
    <p class="once" role="status">
      {say(w.once)} <code>{password}</code>
    </p>
  );
}

function Form({ was, done }: { was: PersonShown | undefined; done: (password?: string) => void }) {
  const [draft, setDraft] = useState<PersonDraft>(was ? draftOf(was) : blank);
  const { busy, failure, act } = useAct();
  const text = (key: 'name' | 'shown' | 'streets' | 'oidc', required: boolean) => (
    <label>
      {say(w[key])}
      <input
        name={key}
        value={draft[key]}
        required={required}
        disabled={key === 'name' && was !== undefined}
        onInput={(e) => setDraft({ ...draft, [key]: e.currentTarget.value })}
      />
    </label>
  );
  const give = (event: Event) => {
    event.preventDefault();
    void act(async () => {
      if (was) {
        await post(`/api/people/${encodeURIComponent(was.name)}`, formOf(draft), 'PUT');
        return done();
      }
      const { password } = await post<{ readonly password: string }>('/api/people', {
        name: draft.name,
        ...formOf(draft),
      });
      done(password);
    });
  };
  return (
    <form class="accessform" onSubmit={give}>
      {text('name', true)}
      {text('shown', true)}
      <label>
        {say(w.role)}
        <select
          name="role"
          value={draft.role}
          onChange={(e) => setDraft({ ...draft, role: e.currentTarget.value as DistrictRole })}
        >
          {districtRoles.map((role) => (
            <option key={role} value={role}>
              {say(districtRoleWords[role])}
            </option>
          ))}
        </select>
      </label>
      {text('streets', false)}
      {text('oidc', false)}
      <span class="acts">
        <button type="submit" class="btn main" disabled={busy}>
          {say(w.save)}
        </button>
        <button type="button" class="btn" onClick={() => done()}>
          {say(w.cancel)}
        </button>
      </span>
      {was && <p class="note">{say(w.ends)}</p>}
      <Failure why={failure} />
    </form>
  );
}

function Row({ one, edit, changed }: { one: PersonShown; edit: () => void; changed: (password?: string) => void }) {
  const { busy, failure, act } = useAct();
  const path = `/api/people/${encodeURIComponent(one.name)}`;
  const acts = [
    [w.codeReset, 'code-reset'],
    one.lockedAt === null ? ([w.lock, 'lock'] as const) : ([w.unlock, 'unlock'] as const),
  ] as const;
  const renew = () =>
    void act(async () => changed((await post<{ readonly password: string }>(`${path}/password`, {})).password));
  return (
    <tr data-officer={one.name}>
      <td>{one.name}</td>
      <td>{one.shown}</td>
      <td>{say(districtRoleWords[one.role])}</td>
      <td>{one.streets.length > 0 ? one.streets.join('、') : say(w.all)}</td>
      <td>{one.oidc ?? '—'}</td>
      <td>
        {say(one.codes ? w.has : w.hasNot)} {one.fresh && <span class="tag">{say(w.fresh)}</span>}{' '}
        {one.lockedAt !== null && <span class="flag">{say(w.locked)}</span>}
      </td>
      <td class="acts">
        <button type="button" class="btn" onClick={edit}>
          {say(w.edit)}
        </button>
        <button type="button" class="btn" disabled={busy} onClick={renew}>
          {say(w.password)}
        </button>
        {acts.map(([title, name]) => (
          <button
            key={name}
            type="button"
            class="btn"
            disabled={busy}
            onClick={() =>
              void act(async () => {
                await post(`${path}/${name}`, {});
                changed();
              })
            }
          >
            {say(title)}
          </button>
        ))}
        <Failure why={failure} />
      </td>
    </tr>
  );
}

function People({ people, again }: { people: readonly PersonShown[]; again: () => void }) {
  const [open, setOpen] = useState<string>();
  const [password, setPassword] = useState<string>();
  const done = (given?: string) => {
    setOpen(undefined);
    setPassword(given);
    again();
  };
  const heads = [w.name, w.shown, w.role, w.streets, w.oidc, w.codes];
  return (
    <AccessBox>
      <Once password={password} />
      {open === undefined ? (
        <button type="button" class="btn main" onClick={() => setOpen('')}>
          {say(w.add)}
        </button>
      ) : (
        <Form key={open} was={people.find(({ name }) => name === open)} done={done} />
      )}
      <div class="scroll">
        <table class="accessrows">
          <thead>
            <tr>
              {heads.map((title) => (
                <th key={title.en}>{say(title)}</th>
              ))}
              <th />
            </tr>
          </thead>
          <tbody>
            {people.map((one) => (
              <Row key={one.name} one={one} edit={() => setOpen(one.name)} changed={done} />
            ))}
          </tbody>
        </table>
      </div>
    </AccessBox>
  );
}

export function PeoplePage() {
  const [loaded, again] = useLoaded(() => read<readonly PersonShown[]>('/api/people'), 0);
  return (
    <DistrictDesk>
      <Show loaded={loaded} again={again}>
        {(people) => <People people={people} again={again} />}
      </Show>
    </DistrictDesk>
  );
}
