/**
 * The page of a class at a drill, on a teacher's own phone and without a log-in: one tap says that all are there, two numbers say otherwise,
 * and another number puts a wrong one right. What cannot be sent is kept with the time it was counted, and sent again. It must never ask for a
 * name, nor look as if a number had arrived that has not.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { TapView } from '../../core/drill/drill-view.ts';
import {
  codeUnknown,
  drillRuns,
  tapAfter,
  tapAllThere,
  tapDone,
  tapListed,
  tapOnWay,
  tapSince,
  tapWords as w,
} from '../../words/drill/tap-words.ts';
import { Failure } from '../page/failure.tsx';
import { clockSpan } from '../page/format.ts';
import { Failed, post, read, sentence } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { LanguageSwitch } from '../page/page-frame.tsx';
import './tap.css';

const LOOK_MS = 5_000;
const AGAIN_MS = 3_000;
/** The gateway takes no older word. */
const AGO_MAX_MS = 900_000;

interface UnsentCount {
  readonly present: number;
  readonly due: number;
  /** On the page's own monotonic clock. */
  readonly countedAt: number;
}

/** A failure that may be over soon: no network, or a gateway that cannot keep anything just now. */
const passing = (failure: unknown) => !(failure instanceof Failed) || failure.status === 0 || failure.status >= 429;

/** What is known of the class, and the number that is on its way. */
function useClass(code: string) {
  const [view, setView] = useState<{ readonly of: TapView; readonly at: number }>();
  const [why, setWhy] = useState<string>();
  const [unknown, setUnknown] = useState(false);
  const [waiting, setWaiting] = useState<UnsentCount>();
  const busy = useRef(false);
  const take = (of: TapView) => {
    setView({ of, at: performance.now() });
    setWhy(undefined);
    setUnknown(false);
  };
  const failed = (failure: unknown) => {
    if (failure instanceof Failed && failure.status === 404) setUnknown(true);
    setWhy(sentence(failure));
  };
  const look = () => read<TapView>(`/api/drill/classes/${code}`).then(take, failed);
  const send = async (one: UnsentCount) => {
    setWaiting(one);
    if (busy.current) return;
    busy.current = true;
    const { present, due, countedAt } = one;
    const agoMs = Math.min(AGO_MAX_MS, Math.round(performance.now() - countedAt));
    try {
      take(await post<TapView>('/api/drill/taps', { code, present, due, agoMs: agoMs < AGAIN_MS ? 0 : agoMs }));
      setWaiting((newest) => (newest === one ? undefined : newest));
    } catch (failure) {
      if (!passing(failure)) {
        setWaiting(undefined);
        void look();
      }
      setWhy(sentence(failure));
    } finally {
      busy.current = false;
    }
  };
  useEffect(() => {
    void look();
    const timer = setInterval(() => document.hidden || void look(), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => void send(waiting), AGAIN_MS);
    return () => clearInterval(timer);
  }, [waiting]);
  return { view, why, unknown, waiting, send };
}

function Stepper({
  name,
  label,
  value,
  set,
}: {
  name: string;
  label: string;
  value: number;
  set: (n: number) => void;
}) {
  return (
    <div class="tapnumber">
      <label for={name}>{label}</label>
      <button
        type="button"
        class="btn"
        aria-label={`${label} ${say(w.less)}`}
        onClick={() => set(Math.max(0, value - 1))}
      >
        −
      </button>
      <input
        id={name}
        name={name}
        type="number"
        inputMode="numeric"
        min={0}
        max={999}
        value={value}
        onInput={(e) => set(Math.max(0, Math.min(999, Math.floor(Number(e.currentTarget.value) || 0))))}
      />
      <button
        type="button"
        class="btn"
        aria-label={`${label} ${say(w.more)}`}
        onClick={() => set(Math.min(999, value + 1))}
      >
        +
      </button>
    </div>
  );
}

function Counting({ view, send }: { view: TapView; send: (present: number, due: number) => void }) {
  const [due, setDue] = useState(view.count?.due ?? view.listed);
  const [present, setPresent] = useState(view.count?.present ?? due);
  return (
    <form
      class="tapform"
      onSubmit={(e) => {
        e.preventDefault();
        send(present, due);
      }}
    >
      <button type="button" class="btn main tapall" onClick={() => send(due, due)}>
        {say(tapAllThere(due))}
      </button>
      <Stepper name="present" label={say(w.present)} value={present} set={setPresent} />
      <Stepper name="due" label={say(w.due)} value={due} set={setDue} />
      <p class="taphint">{say(w.dueHint)}</p>
      {present > due && <p class="failed">{say(w.tooMany)}</p>}
      <button type="submit" class="btn tapsend" disabled={present > due}>
        {say(w.send)}
      </button>
    </form>
  );
}

/** Counts on between two answers, on the page's own clock. */
function useTick(running: boolean): void {
  const [, turn] = useState(0);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => turn((n) => n + 1), 1_000);
    return () => clearInterval(timer);
  }, [running]);
}

function Running({
  view,
  at,
  waiting,
  send,
}: {
  view: TapView;
  at: number;
  waiting: UnsentCount | undefined;
  send: (one: UnsentCount) => void;
}) {
  const [changing, change] = useState(false);
  useTick(true);
  const { count, sinceMs = 0, exercise } = view;
  const give = (present: number, due: number) => {
    send({ present, due, countedAt: performance.now() });
    change(false);
  };
  return (
    <>
      <p class="tapstage">{exercise && say(drillRuns(exercise))}</p>
      <p class="tapclock">{say(tapSince(clockSpan(sinceMs + performance.now() - at)))}</p>
      {count && !waiting && (
        <p class={count.full ? 'tapdone' : 'tapdone tapmissing'} role="status">
          {say(tapDone(count.present, count.due))} <small>{say(tapAfter(clockSpan(count.afterMs)))}</small>
        </p>
      )}
      {(!count || changing) && !waiting && <Counting view={view} send={give} />}
      {count && !changing && !waiting && (
        <button type="button" class="btn" onClick={() => change(true)}>
          {say(w.change)}
        </button>
      )}
    </>
  );
}

function Stage({
  view: { of, at },
  waiting,
  send,
}: {
  view: { of: TapView; at: number };
  waiting: UnsentCount | undefined;
  send: (one: UnsentCount) => void;
}) {
  if (of.stage === 'running') return <Running view={of} at={at} waiting={waiting} send={send} />;
  const broken = of.ended === 'broken-off';
  const [title, hint] =
    of.stage === 'waiting' ? [w.waiting, w.waitingHint] : broken ? [w.broken, w.brokenHint] : [w.over, w.overHint];
  return (
    <>
      <p class={broken ? 'tapstage p1' : 'tapstage'} role="status">
        {say(title)}
      </p>
      <p class={broken ? 'tapclock' : 'taphint'}>{say(hint)}</p>
      {of.count && (
        <p class={of.count.full ? 'tapdone' : 'tapdone tapmissing'}>{say(tapDone(of.count.present, of.count.due))}</p>
      )}
    </>
  );
}

export function TapPage() {
  const code = location.pathname.split('/')[2] ?? '';
  const { view, why, unknown, waiting, send } = useClass(code);
  return (
    <main class="tap">
      <header>
        <span>{view ? say(view.of.school) : say(w.title)}</span>
        <LanguageSwitch />
      </header>
      {view && !unknown && (
        <h1>
          {say(view.of.class)} <small>{say(tapListed(view.of.listed))}</small>
        </h1>
      )}
      {waiting && (
        <p class="tapdone tapmissing" role="status">
          {say(tapOnWay(waiting.present, waiting.due, why !== undefined))}
        </p>
      )}
      {unknown && <p class="failed">{say(codeUnknown)}</p>}
      {!unknown && <Failure why={waiting ? undefined : why} />}
      {view && !unknown ? <Stage view={view} waiting={waiting} send={(one) => void send(one)} /> : null}
      {!view && !why && <p class="taphint">{say(w.loading)}</p>}
    </main>
  );
}
