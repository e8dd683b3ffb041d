/**
 * The page a phone opens by the code at the desk. The code stands behind the `#` of the address, which no server is sent and nothing
 * fetches beforehand; a tap gives it back, and only a tap. It must never keep or show the code.
 */
import { pageTable } from '../../core/site/pages.ts';
import { pairingWords as words } from '../../words/reach/pairing-words.ts';
import { Failure } from '../page/failure.tsx';
import { post } from '../page/gateway-api.ts';
import { say, t } from '../page/language.ts';
import { LanguageSwitch, useAct } from '../page/page-frame.tsx';
import './pair.css';

const token = location.hash.slice(1);

export function PairPage() {
  const { busy, failure, act } = useAct();
  const start = () =>
    void act(async () => {
      await post('/api/phones/pair', { token });
      // Back must not lead to a code that was used.
      location.replace(pageTable.phone.path);
    });
  return (
    <main class="pairing">
      <h1>{say(words.phoneTitle)}</h1>
      <p>{say(token === '' ? words.phoneNone : words.phoneAsk)}</p>
      <Failure why={failure} />
      {token !== '' && (
        <button type="button" class="btn main" disabled={busy} onClick={start}>
          {busy ? t('sending') : say(words.phoneTap)}
        </button>
      )}
      <LanguageSwitch />
    </main>
  );
}
