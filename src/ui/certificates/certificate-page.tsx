/**
 * How a phone or a computer comes to trust the school's own root: the file, its fingerprint to compare, and the steps of each
 * system with a drawing each. It is open to everybody, because whoever needs it cannot log in without a warning yet; it must
 * never show anything but what stands in the certificate.
 */
import { useState } from 'preact/hooks';
import {
  deviceGuides,
  type GuidedDevice,
  certificateWords as words,
} from '../../words/screens/certificate-page-words.ts';
import { Failed, read } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { LanguageSwitch, Show, useLoaded } from '../page/page-frame.tsx';
import { StepSketch } from './step-sketch.tsx';
import './certificates.css';

/** Of `GET /api/authority`. */
interface ShownRoot {
  readonly sha256: string;
  readonly sha1: string;
  /** Ms since the epoch. */
  readonly until: number;
}

/** The root, or that there is none. */
async function shownRoot(): Promise<ShownRoot | 'none'> {
  try {
    return await read<ShownRoot>('/api/authority');
  } catch (error) {
    if (error instanceof Failed && error.status === 404) return 'none';
    throw error;
  }
}

const fill = (text: string, hole: string, value: string | number) => text.replace(`{${hole}}`, String(value));

function guessed(): GuidedDevice {
  const { userAgent, maxTouchPoints } = navigator;
  // An iPad calls itself a Macintosh with fingers.
  if (/iPhone|iPad/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1)) return 'ios';
  return /Windows|X11; Linux|Macintosh/.test(userAgent) ? 'windows' : 'android';
}

/** In lines of eight pairs, so that a finger finds its place again. */
function Print({ of }: { of: string }) {
  return (
    <code class="print">
      {(of.match(/(?:[0-9A-F]{2}:?){1,8}/g) ?? []).map((line) => (
        <span key={line}>{line}</span>
      ))}
    </code>
  );
}

function Root({ root }: { root: ShownRoot }) {
  return (
    <section class="root">
      <p class="compare">{say(words.compare)}</p>
      <p>
        SHA-256 <Print of={root.sha256} />
      </p>
      <p>
        {say(words.sha1)} <Print of={root.sha1} />
      </p>
      <p>{fill(say(words.until), 'date', new Date(root.until).toISOString().slice(0, 10))}</p>
      <a class="btn main" href="/ca.crt">
        {say(words.download)}
      </a>
    </section>
  );
}

function Guide() {
  const [device, choose] = useState(guessed);
  const guide = deviceGuides[device];
  return (
    <section>
      <div class="systems" role="tablist" aria-label={say(words.which)}>
        {(Object.keys(deviceGuides) as GuidedDevice[]).map((id) => (
          <button
            key={id}
            type="button"
            role="tab"
            class="btn"
            aria-selected={id === device}
            onClick={() => choose(id)}
          >
            {say(deviceGuides[id].name)}
          </button>
        ))}
      </div>
      <ol>
        {guide.steps.map((step, i) => (
          <li key={step.say.en}>
            <StepSketch shape={guide.shape} step={step} />
            <div>
              <h2>{fill(say(words.step), 'n', i + 1)}</h2>
              <p>{say(step.say)}</p>
            </div>
          </li>
        ))}
      </ol>
      <a class="btn" href="/">
        {say(words.over)}
      </a>
    </section>
  );
}

/** This page as a code, for whoever opened it at the desk and has a phone beside it. */
function PageCode() {
  const [loaded] = useLoaded(async () => (await import('../pairing/qr-path.ts')).qrPath, 0);
  if (loaded.phase !== 'there') return null;
  const { path, size } = loaded.value(`${location.origin}${location.pathname}`);
  return (
    <figure class="pagecode">
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={say(words.scan)}>
        <path d={path} />
      </svg>
      <figcaption>{say(words.scan)}</figcaption>
    </figure>
  );
}

export function CertificatePage() {
  const [loaded, again] = useLoaded(shownRoot, 0);
  return (
    <main class="certificates">
      <header>
        <LanguageSwitch />
      </header>
      <p>{say(words.why)}</p>
      <p>{say(words.narrow)}</p>
      <Show loaded={loaded} again={again}>
        {(root) => (root === 'none' ? <p class="failed">{say(words.none)}</p> : <Root root={root} />)}
      </Show>
      {guessed() === 'windows' && <PageCode />}
      <Guide />
    </main>
  );
}
