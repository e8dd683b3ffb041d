/**
 * A guard's phone as the reader of a checkpoint: it reads the code there, from a tag or a fresh photograph, and says so to the gateway;
 * out of reach, the touch waits in the phone. After it comes what is to be looked at. Without the code nothing is touched.
 */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { pageTable } from '../../core/site/pages.ts';
import { pointWords, touchedAt } from '../../words/screens/point-page-words.ts';
import { Failure } from '../page/failure.tsx';
import { hms } from '../page/format.ts';
import { refusal } from '../page/gateway-api.ts';
import { say, t } from '../page/language.ts';
import { now, stale } from '../page/page-clock.ts';
import { site, you } from '../page/page-feed.ts';
import { ClockBar, LanguageSwitch, StaleBar } from '../page/page-frame.tsx';
import { reportAs } from '../page/page-report.ts';
import { offset } from '../page/views.ts';
import { submit } from './phone-outbox.ts';
import { PointItems } from './point-items.tsx';
import { hasNfc, readTags } from './point-nfc.ts';
import { readPhoto } from './point-photo.ts';
import { useSending, WaitingList } from './waiting-list.tsx';
import './point.css';

function placeName(reader: string): string {
  const routes = Object.values(site.value?.routes ?? {});
  const point = routes.flatMap(({ checkpoints }) => checkpoints).find((one) => one.reader === reader);
  const post = Object.values(site.value?.posts ?? {}).find((one) => one.reader === reader);
  const title = point?.title ?? post?.title;
  return title ? say(title) : reader;
}

/** Takes a touch down: sends it, or keeps it while nobody answers. */
function useTouching(done: () => void) {
  const [said, setSaid] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const touch = async (code: string, via: 'nfc' | 'qr', photo?: Blob) => {
    setSaid(undefined);
    setFailure(undefined);
    try {
      const sent = await submit<{ readonly reader: string }>({ do: 'touch', code, via }, undefined, photo);
      if ('waits' in sent) return;
      setSaid(say(touchedAt(placeName(sent.answer.reader), hms(now.peek() || Date.now(), offset.value))));
      done();
    } catch (failed) {
      setFailure(refusal(failed));
    }
  };
  return { said, failure, setFailure, touch };
}

function Reader({ done }: { done: () => void }) {
  const { said, failure, setFailure, touch } = useTouching(done);
  const [busy, setBusy] = useState(false);
  const [near, setNear] = useState(false);
  const over = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => over.current?.abort(), []);
  const photographed = async (file: File | undefined) => {
    if (!file || busy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      const { code, photo } = await readPhoto(file);
      if (code === undefined) setFailure(say(pointWords.noCode));
      else await touch(code, 'qr', photo);
    } catch {
      setFailure(say(pointWords.noCode));
    } finally {
      setBusy(false);
    }
  };
  const tags = () => {
    over.current?.abort();
    over.current = new AbortController();
    setNear(true);
    readTags((text) => {
      if (text === undefined) setFailure(say(pointWords.nfcNone));
      else void touch(text, 'nfc');
    }, over.current.signal).catch(() => {
      setNear(false);
      setFailure(say(pointWords.nfcFailed));
    });
  };
  return (
    <section class="pointread">
      <h1>{say(pointWords.read)}</h1>
      <label class={`btn main shoot ${busy ? 'busy' : ''}`}>
        {say(busy ? pointWords.reading : pointWords.qr)}
        <input
          type="file"
          accept="image/*"
          capture="environment"
          disabled={busy}
          onChange={(e) => {
            const input = e.currentTarget;
            void photographed(input.files?.[0]).then(() => {
              // The same file again is another photograph.
              input.value = '';
            });
          }}
        />
      </label>
      {hasNfc() && (
        <button type="button" class="btn main" onClick={tags}>
          {say(near ? pointWords.nfcReady : pointWords.nfc)}
        </button>
      )}
      {said && (
        <p class="pointsaid" role="status">
          {said}
        </p>
      )}
      <Failure why={failure} />
      <p class="hint">{say(pointWords.note)}</p>
    </section>
  );
}

export function PointPage() {
  const [turn, setTurn] = useState(0);
  const next = () => setTurn((was) => was + 1);
  useLayoutEffect(() => reportAs('m'), []);
  useSending(next);
  return (
    <main class={`phone point ${stale.value ? 'is-stale' : ''}`}>
      <header>
        <span>
          {site.value?.short ?? t('appName')}
          {you.value && ` · ${you.value.name}`}
        </span>
        <LanguageSwitch />
      </header>
      <StaleBar />
      <ClockBar />
      {!site.value && <p class="note">{t(stale.value ? 'noNetwork' : 'loading')}</p>}
      {site.value && (
        <>
          <Reader done={next} />
          <WaitingList />
          <PointItems turn={turn} />
        </>
      )}
      <div class="grow" />
      <div class="foot">
        <a class="btn back" href={pageTable.phone.path}>
          {say(pointWords.back)}
        </a>
      </div>
    </main>
  );
}
