/**
 * The procedure of an alarm (预案), on console and phone: the step that is next with what it asks for, those before it with
 * who answered and when, those still to come. It guides; it never stands in the way of anything else.
 */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import { courseOf, type ShownStep } from '../../core/alarm/procedures.ts';
import type { Alarm, ProcedureStep, Value } from '../../core/types.ts';
import { Failure } from '../page/failure.tsx';
import { command } from '../page/gateway-api.ts';
import { say, t } from '../page/language.ts';
import { site, you } from '../page/page-feed.ts';
import { useAct } from '../page/page-frame.tsx';
import { answerText, byText } from '../text/handling-text.ts';
import './procedure.css';

/** More people than this are chosen from a list. */
const BUTTONS_MAX = 8;

type Give = (answer: { readonly value: Value } | { readonly skip: string }) => void;

/** The answer a step asks for. */
function Question({ step, give, busy }: { step: ProcedureStep; give: Give; busy: boolean }) {
  const [text, setText] = useState('');
  const button = (label: string, value: Value, key?: string) => (
    <button key={label} type="button" class="btn" data-key={key} disabled={busy} onClick={() => give({ value })}>
      {label}
      {key !== undefined && <kbd>{key}</kbd>}
    </button>
  );
  if (step.answer === 'done') return button(t('answerDone'), true);
  if (step.answer === 'yes-no')
    return (
      <>
        {button(t('yes'), true, 'y')}
        {button(t('no'), false, 'n')}
      </>
    );
  const people = Object.values(site.value?.people ?? {});
  if (step.answer === 'person' && people.length <= BUTTONS_MAX)
    return <>{people.map((person) => button(person.name, person.id))}</>;
  const value = step.answer === 'person' ? text : Number(text);
  const given = text.trim() !== '' && (step.answer === 'person' || Number.isFinite(value));
  return (
    <form
      class="field"
      onSubmit={(event) => {
        event.preventDefault();
        if (given) give({ value });
      }}
    >
      {step.answer === 'person' ? (
        <select aria-label={say(step.ask)} value={text} onChange={(e) => setText(e.currentTarget.value)}>
          <option value="">{t('whom')}</option>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      ) : (
        <input
          inputMode="decimal"
          class="short"
          aria-label={say(step.ask)}
          value={text}
          onInput={(e) => setText(e.currentTarget.value)}
        />
      )}
      <button type="submit" class="btn" disabled={busy || !given}>
        {t('noteSend')}
      </button>
    </form>
  );
}

/** Passing a step over: where it must be done, only with a reason. */
function Skip({ step, give, busy }: { step: ProcedureStep; give: Give; busy: boolean }) {
  const [open, setOpen] = useState(false);
  const [why, setWhy] = useState('');
  if (!open)
    return (
      <button type="button" class="btn plain" onClick={() => setOpen(true)}>
        {t('skip')}
      </button>
    );
  return (
    <form
      class="field"
      onSubmit={(event) => {
        event.preventDefault();
        give({ skip: why.trim() });
      }}
    >
      <input
        ref={(input) => input?.focus()}
        class="long"
        maxLength={200}
        placeholder={t(step.must ? 'skipWhy' : 'skipWhyMaybe')}
        aria-label={t(step.must ? 'skipWhy' : 'skipWhyMaybe')}
        value={why}
        onInput={(e) => setWhy(e.currentTarget.value)}
      />
      <button type="submit" class="btn" disabled={busy || (step.must === true && why.trim() === '')}>
        {t('skipDo')}
      </button>
    </form>
  );
}

function Said({ shown }: { shown: ShownStep }) {
  const { answer, phase, step } = shown;
  if (!answer) return null;
  const what =
    phase === 'skipped'
      ? answer.skip
        ? t('skippedWhy', { why: answer.skip })
        : t('skipped')
      : answerText(answer.value, step.answer);
  return (
    <span class="answer">
      <b>{what}</b> {byText(answer)}
    </span>
  );
}

function Step({
  shown,
  index,
  alarm,
  free,
  answering,
}: {
  shown: ShownStep;
  index: number;
  alarm: Alarm;
  free: boolean;
  answering: () => void;
}) {
  const { busy, failure, act } = useAct();
  const { step, phase } = shown;
  const give: Give = (answer) => {
    answering();
    void act(() => command({ do: 'answer', alarm: alarm.id, step: index, ...answer }));
  };
  return (
    <li class={phase} value={index + 1}>
      <span>
        {say(step.ask)}
        {step.must && phase !== 'answered' && <small> {t('must')}</small>}
      </span>
      <Said shown={shown} />
      {phase === 'next' && free && (
        <div class="acts">
          <Question step={step} give={give} busy={busy} />
          <Skip step={step} give={give} busy={busy} />
        </div>
      )}
      <Failure why={failure} />
    </li>
  );
}

export function ProcedureBox({ alarm }: { alarm: Alarm }) {
  const course = site.value && courseOf(site.value, alarm);
  const free = you.value !== undefined && may(you.value.role, 'answer');
  const box = useRef<HTMLElement>(null);
  const wasIn = useRef(false);
  // Whoever goes through by keyboard stays in it: the answered step is gone, and the focus with it.
  useLayoutEffect(() => {
    if (wasIn.current) box.current?.querySelector<HTMLElement>('.next button, .next input, .next select')?.focus();
    wasIn.current = false;
  }, [course?.next]);
  const noteFocus = () => {
    wasIn.current = box.current?.querySelector(':focus-visible') !== null;
  };
  if (!course) return null;
  const shown = course.steps.map((step, index) => ({ step, index })).filter(({ step }) => step.phase !== 'aside');
  const done = shown.filter(({ step }) => step.answer).length;
  return (
    <section class="procedure" ref={box}>
      <h3>
        {t('procedure', { title: say(course.procedure.title) })}{' '}
        <small>{course.next === undefined ? t('procedureDone') : `${done}/${shown.length}`}</small>
      </h3>
      <ol>
        {shown.map(({ step, index }) => (
          <Step
            key={`${index} ${step.phase}`}
            shown={step}
            index={index}
            alarm={alarm}
            free={free}
            answering={noteFocus}
          />
        ))}
      </ol>
    </section>
  );
}
