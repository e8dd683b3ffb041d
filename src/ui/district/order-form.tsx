/**
 * Asking something of a school: an urge with its date, a comment, a report, a picture. It stands by itself on the page of orders and beside an alarm
 * or a school elsewhere, where school and alarm are given. It offers nothing to whoever may not ask.
 */
import { useState } from 'preact/hooks';
import { type OrderForm as Asked, type OrderEntry, orderBounds } from '../../district/board/order-board.ts';
import { aboutAlarm, aboutRectification } from '../../words/bureau/order-desk-words.ts';
import { orderAsks, orderedReports } from '../../words/bureau/order-words.ts';
import { inDays, inHours, inMinutes, orderPage } from '../../words/district/order-board-words.ts';
import { Failure } from '../page/failure.tsx';
import { say } from '../page/language.ts';
import { useAct } from '../page/page-frame.tsx';
import { DayField } from '../text/day-field.tsx';
import { mayHere, officer, officerNow } from './officer.ts';
import { giveOrder, type OrderSchool } from './order-calls.ts';

const HOUR = 3_600_000;
/** People read dates by the minute. */
const wholeMinute = (at: number) => Math.floor(at / 60_000) * 60_000;
/** Dates an urge may have, hours. */
const spans = [0.5, 1, 2, 4, 24, 72, 168] as const;
const kinds = Object.keys(orderAsks) as (keyof typeof orderAsks)[];
const reports = Object.keys(orderedReports) as (keyof typeof orderedReports)[];

export interface OrderFormParts {
  /** Schools to choose from; one alone is not asked for. */
  readonly schools: readonly OrderSchool[];
  /** The one that is chosen at first. */
  readonly first?: string;
  /** What it is about, where that is known. */
  readonly about?: Pick<Asked, 'alarm' | 'rectification'>;
  readonly given: (order: OrderEntry) => void;
}

const spanText = (hours: number) =>
  say(hours < 1 ? inMinutes(hours * 60) : hours < 24 ? inHours(hours) : inDays(hours / 24));
/** `2026-11-30`, the district's day. */
const today = () =>
  new Date(officerNow.value + (officer.value?.utcOffsetMin ?? 480) * 60_000).toISOString().slice(0, 10);

interface OrderDraft {
  readonly school: string;
  readonly kind: Asked['kind'];
  readonly text: string;
  readonly hours: number;
  readonly device: string;
  readonly report: NonNullable<Asked['report']>;
  readonly from: string;
  readonly to: string;
}

function askedOf(draft: OrderDraft, about: OrderFormParts['about']): Asked {
  const { school, kind, text, hours, device, report, from, to } = draft;
  const base = { school, kind, ...about };
  if (kind === 'urge') return { ...base, text, until: wholeMinute(officerNow.value + hours * HOUR) };
  if (kind === 'comment') return { ...base, text };
  return kind === 'still' ? { ...base, device } : { ...base, report, from, to };
}

/** Whether there is enough to send. */
function isWhole({ school, kind, text, device, from, to }: OrderDraft): boolean {
  if (school === '') return false;
  if (kind === 'still') return device !== '';
  return kind === 'report' ? from !== '' && to !== '' && from <= to : text.trim() !== '';
}

type OrderChange = (part: Partial<OrderDraft>) => void;

function SchoolField({
  draft,
  schools,
  change,
}: {
  draft: OrderDraft;
  schools: readonly OrderSchool[];
  change: OrderChange;
}) {
  if (schools.length === 1) return null;
  return (
    <label>
      {say(orderPage.school)}{' '}
      <select
        name="school"
        value={draft.school}
        onChange={(e) => change({ school: e.currentTarget.value, device: '' })}
      >
        <option value="">{say(orderPage.choose)}</option>
        {schools.map(({ school, name }) => (
          <option key={school} value={school}>
            {say(name)}
          </option>
        ))}
      </select>
    </label>
  );
}

function TextFields({ draft, change }: { draft: OrderDraft; change: OrderChange }) {
  return (
    <>
      {draft.kind === 'urge' && (
        <label>
          {say(orderPage.until)}{' '}
          <select name="hours" value={draft.hours} onChange={(e) => change({ hours: Number(e.currentTarget.value) })}>
            {spans.map((hours) => (
              <option key={hours} value={hours}>
                {spanText(hours)}
              </option>
            ))}
          </select>
        </label>
      )}
      <textarea
        class="ordertext"
        name="text"
        rows={3}
        maxLength={orderBounds.text}
        aria-label={say(orderPage.text)}
        placeholder={say(orderPage.text)}
        value={draft.text}
        onInput={(e) => change({ text: e.currentTarget.value })}
      />
    </>
  );
}

function ReportFields({ draft, change }: { draft: OrderDraft; change: OrderChange }) {
  const day = (name: 'from' | 'to') => (
    <span>
      {say(orderPage[name])}{' '}
      <DayField
        name={name}
        label={say(orderPage[name])}
        max={today()}
        value={draft[name]}
        set={(chosen) => change({ [name]: chosen })}
      />
    </span>
  );
  return (
    <>
      <label>
        {say(orderPage.report)}{' '}
        <select
          name="report"
          value={draft.report}
          onChange={(e) => change({ report: e.currentTarget.value as OrderDraft['report'] })}
        >
          {reports.map((id) => (
            <option key={id} value={id}>
              {say(orderedReports[id])}
            </option>
          ))}
        </select>
      </label>
      {day('from')}
      {day('to')}
    </>
  );
}

function CameraField({
  draft,
  schools,
  change,
}: {
  draft: OrderDraft;
  schools: readonly OrderSchool[];
  change: OrderChange;
}) {
  const cameras = schools.find(({ school }) => school === draft.school)?.cameras ?? [];
  return (
    <label>
      {say(orderPage.camera)}{' '}
      <select name="device" value={draft.device} onChange={(e) => change({ device: e.currentTarget.value })}>
        <option value="">{say(orderPage.choose)}</option>
        {cameras.map(({ id, title }) => (
          <option key={id} value={id}>
            {say(title)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What it asks about, where it is not the school alone. */
function About({ about: { alarm, rectification }, schools }: Required<Pick<OrderFormParts, 'about' | 'schools'>>) {
  if (alarm === undefined && rectification === undefined) return null;
  return (
    <b class="orderabout">
      {schools[0] && say(schools[0].name)} {alarm !== undefined && say(aboutAlarm(alarm))}
      {rectification !== undefined && say(aboutRectification(rectification))}
    </b>
  );
}

export function OrderForm({ schools, first = '', about, given }: OrderFormParts) {
  const [draft, set] = useState<OrderDraft>({
    ...{
      school: schools.length === 1 ? (schools[0]?.school ?? '') : first,
      kind: 'urge',
      text: '',
      hours: 2,
      device: '',
    },
    ...{ report: 'patrol', from: today(), to: today() },
  });
  const { busy, failure, act } = useAct();
  if (!mayHere('order')) return null;
  const change: OrderChange = (part) => set((was) => ({ ...was, ...part }));
  const submit = async (event: Event) => {
    event.preventDefault();
    const done = await act(async () => given(await giveOrder(askedOf(draft, about))));
    if (done) change({ text: '' });
  };
  return (
    <form class="field orderform" onSubmit={(event) => void submit(event)}>
      {about && <About about={about} schools={schools} />}
      <SchoolField draft={draft} schools={schools} change={change} />
      <label>
        {say(orderPage.kind)}{' '}
        <select
          name="kind"
          value={draft.kind}
          onChange={(e) => change({ kind: e.currentTarget.value as OrderDraft['kind'] })}
        >
          {kinds.map((id) => (
            <option key={id} value={id}>
              {say(orderAsks[id])}
            </option>
          ))}
        </select>
      </label>
      {draft.kind === 'still' && <CameraField draft={draft} schools={schools} change={change} />}
      {draft.kind === 'report' && <ReportFields draft={draft} change={change} />}
      {(draft.kind === 'urge' || draft.kind === 'comment') && <TextFields draft={draft} change={change} />}
      <button type="submit" class="btn main" disabled={busy || !isWhole(draft)}>
        {say(orderPage.send)}
      </button>
      <Failure why={failure} />
      <small>{say(orderPage.neverActs)}</small>
    </form>
  );
}
