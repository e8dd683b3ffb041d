/**
 * Logging in. Comes back to the page that asked; never to another host.
 */
import { useState } from 'preact/hooks';
import { firstPage, pageTable } from '../../core/site/pages.ts';
import type { Role } from '../../core/types.ts';
import { Failure } from '../page/failure.tsx';
import { logIn } from '../page/gateway-api.ts';
import { t } from '../page/language.ts';
import { LanguageSwitch, useAct } from '../page/page-frame.tsx';
import './login.css';

/** Where to go afterwards: only a path of this host, for `//elsewhere` is another one. */
export function nextPath(search: string, role: Role): string {
  const asked = new URLSearchParams(search).get('next') ?? '';
  if (/^\/[\w.-]/.test(asked)) return asked;
  return pageTable[firstPage(role)].path;
}

/** What whoever has just left must know of it. */
function leftBadly(search: string): string | undefined {
  const left = new URLSearchParams(search).get('left');
  if (left === 'unkept') return t('leftUnkept');
  return left === 'unheard' ? t('leftUnheard') : undefined;
}

export function LoginPage() {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const { busy, failure, act } = useAct();
  const submit = (event: Event) => {
    event.preventDefault();
    void act(async () => {
      const { role } = await logIn(name, password);
      location.assign(nextPath(location.search, role));
    });
  };
  return (
    <form class="sign" onSubmit={submit}>
      <h1>{t('appName')}</h1>
      <label>
        {t('userName')}
        <input
          name="user"
          autocomplete="username"
          required
          value={name}
          onInput={(e) => setName(e.currentTarget.value)}
        />
      </label>
      <label>
        {t('password')}
        <input
          name="password"
          type="password"
          autocomplete="current-password"
          required
          value={password}
          onInput={(e) => setPassword(e.currentTarget.value)}
        />
      </label>
      <Failure why={failure ?? leftBadly(location.search)} />
      <button class="btn main" type="submit" disabled={busy}>
        {t(busy ? 'signingIn' : 'signIn')}
      </button>
      <LanguageSwitch />
    </form>
  );
}
