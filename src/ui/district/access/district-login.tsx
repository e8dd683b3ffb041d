/**
 * Logging in to the district, in as many steps as it takes: password, a new one where somebody else gave it, the QR code of the one-time codes, the
 * code. Comes back to the page that asked; never to another host. It must never keep what was typed anywhere.
 */
import { useState } from 'preact/hooks';
import type { LoginAnswer } from '../../../district/board/access-types.ts';
import { districtPages, firstDistrictPage } from '../../../district/board/district-pages.ts';
import type { DistrictRole } from '../../../district/board/district-rights.ts';
import { signWords as w } from '../../../words/district/access-page-words.ts';
import { Failure } from '../../page/failure.tsx';
import { post, read } from '../../page/gateway-api.ts';
import { say, t } from '../../page/language.ts';
import { LanguageSwitch, useAct, useLoaded } from '../../page/page-frame.tsx';
import { SignForm } from './access-frame.tsx';
import { EnrolPicture } from './enrol-picture.tsx';
import { SignField } from './sign-field.tsx';

type Next = 'begin' | Exclude<LoginAnswer['next'], 'in'>;

/** Where to go afterwards: only a path of this host, for `//elsewhere` is another one. */
function nextAddress(role: DistrictRole): string {
  const asked = new URLSearchParams(location.search).get('next') ?? '';
  return /^\/district(?:[/?]|$)/.test(asked) ? asked : districtPages[firstDistrictPage(role)].path;
}

function SignOn() {
  const [ways] = useLoaded(() => read<{ readonly signOn: boolean }>('/api/login-ways'), 0);
  if (ways.phase !== 'there' || !ways.value.signOn) return null;
  return (
    <a class="btn signon" href="/login/begin">
      {say(w.signOn)}
    </a>
  );
}

export function DistrictLoginPage() {
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [newPassword, setNew] = useState('');
  const [code, setCode] = useState('');
  const [answer, setAnswer] = useState<LoginAnswer>();
  const { busy, failure, act } = useAct();
  const next: Next = answer === undefined || answer.next === 'in' ? 'begin' : answer.next;
  const submit = (event: Event) => {
    event.preventDefault();
    void act(async () => {
      const given = {
        ...{ user, password },
        ...(newPassword !== '' && { newPassword }),
        ...(code !== '' && { code }),
        ...(answer?.next === 'enrol' && { enrol: answer.enrol }),
      };
      const said = await post<LoginAnswer>('/api/login', given);
      if (said.next === 'in') location.assign(nextAddress(said.me.role));
      else {
        // Once a new password counts it is the password.
        if (said.next === 'enrol' && newPassword !== '') {
          setPassword(newPassword);
          setNew('');
        }
        setCode('');
        setAnswer(said);
      }
    });
  };
  return (
    <SignForm given={submit}>
      <h1>{t('appName')}</h1>
      {next === 'begin' && (
        <>
          <SignField title={say(w.user)} name="user" value={user} set={setUser} auto="username" />
          <SignField
            title={say(w.password)}
            name="password"
            value={password}
            set={setPassword}
            auto="current-password"
          />
        </>
      )}
      {next === 'password' && (
        <>
          <p>{say(w.newWhy)}</p>
          <SignField title={say(w.newPassword)} name="new" value={newPassword} set={setNew} auto="new-password" />
        </>
      )}
      {answer?.next === 'enrol' && <EnrolPicture address={answer.address} secret={answer.secret} />}
      {(next === 'code' || next === 'enrol') && (
        <SignField title={say(w.code)} name="code" value={code} set={setCode} auto="one-time-code" />
      )}
      <Failure why={failure} />
      <button class="btn main" type="submit" disabled={busy}>
        {say(busy ? w.busy : next === 'begin' ? w.in : w.goOn)}
      </button>
      {next === 'begin' && <SignOn />}
      <LanguageSwitch />
    </SignForm>
  );
}
