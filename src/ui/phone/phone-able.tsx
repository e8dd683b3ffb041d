/**
 * What this phone and its browser can do for a guard, and what they cannot: sound, vibration, a screen that stays on. What does not work
 * is said in plain words with what to do instead; nothing here may promise more than the browser has shown.
 */
import type { ComponentChildren } from 'preact';
import { pageTable } from '../../core/site/pages.ts';
import { certificateWay } from '../../words/screens/certificate-way-words.ts';
import { phoneWords } from '../../words/screens/phone-words.ts';
import { say, t } from '../page/language.ts';
import { sound, tryOut } from '../page/speaker.ts';
import { type ShellState, shell } from './install-shell.ts';
import { type Awake, awake, wantAwake } from './keep-awake.ts';
import { setSilentSos, silentSos } from './sos-button.tsx';

/** Until a finger has touched the page a browser lets it neither sound nor shake. The tap that is asked for sounds, so that it is heard. */
export function SoundBar() {
  if (sound.value === 'running') return null;
  if (sound.value === 'none')
    return (
      <p class="soundbar" role="alert">
        {say(phoneWords.soundNone)}
      </p>
    );
  return (
    <div class="soundbar" role="alert">
      <p>{say(phoneWords.soundOff)}</p>
      <button type="button" class="btn main" onClick={() => tryOut()}>
        {say(phoneWords.soundOn)}
      </button>
    </div>
  );
}

const awakeText = {
  on: phoneWords.awakeOn,
  off: phoneWords.awakeOff,
  refused: phoneWords.awakeRefused,
  insecure: phoneWords.awakeInsecure,
  none: phoneWords.awakeNone,
} as const satisfies Record<Awake, unknown>;

const shellText = {
  coming: phoneWords.shellComing,
  ready: phoneWords.shellReady,
  failed: phoneWords.shellFailed,
  insecure: phoneWords.shellInsecure,
  none: phoneWords.shellNone,
} as const satisfies Record<ShellState, unknown>;

function Row({ name, so, children }: { name: string; so: string; children?: ComponentChildren }) {
  return (
    <li class="able">
      <span>
        <b>{name}</b> {so}
      </span>
      {children}
    </li>
  );
}

function AwakeRow() {
  const is = awake.value;
  const on = is === 'on';
  return (
    <Row name={say(phoneWords.awake)} so={say(awakeText[is])}>
      {is === 'insecure' && (
        <a class="btn" href={pageTable.certificates.path}>
          {say(certificateWay)}
        </a>
      )}
      {is !== 'insecure' && is !== 'none' && (
        <button type="button" class="btn" onClick={() => wantAwake(!on)}>
          {say(on ? phoneWords.switchOff : phoneWords.switchOn)}
        </button>
      )}
    </Row>
  );
}

export function PhoneAble() {
  const shakes = 'vibrate' in navigator;
  const voice = { running: phoneWords.voiceOn, blocked: phoneWords.voiceOff, none: phoneWords.soundNone }[sound.value];
  return (
    <section>
      <h2>{say(phoneWords.thisPhone)}</h2>
      <ul class="list">
        <Row name={say(phoneWords.voice)} so={say(voice)}>
          <button type="button" class="btn" onClick={tryOut}>
            {t('phoneTry')}
          </button>
        </Row>
        <Row name={say(phoneWords.shaking)} so={say(shakes ? phoneWords.shakingOn : phoneWords.shakingNone)} />
        <AwakeRow />
        <Row name={say(phoneWords.shell)} so={say(shellText[shell.value])} />
        <Row name="SOS" so={say(silentSos.value ? phoneWords.sosSilent : phoneWords.sosLoud)}>
          <button type="button" class="btn" onClick={() => setSilentSos(!silentSos.peek())}>
            {say(silentSos.value ? phoneWords.makeLoud : phoneWords.makeSilent)}
          </button>
        </Row>
      </ul>
    </section>
  );
}
