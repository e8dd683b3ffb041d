/**
 * What has to be put right, on a guard's phone: what was given to him, answered with a photograph of how it is now, and what he reports with one
 * of how he found it. Nobody else's is shown. What could not be sent stays in the form.
 */
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import type { HandOffence, Rectification, Words } from '../../core/types.ts';
import { ownLedgerWords, sentBack, untilTime } from '../../words/canteen/own-ledger-words.ts';
import { rectifyStages } from '../../words/canteen/rectify-words.ts';
import { ShotTile } from '../alarm/shots.tsx';
import { Failure } from '../page/failure.tsx';
import { dayTime } from '../page/format.ts';
import { read, sendFile } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { you } from '../page/page-feed.ts';
import { useAct } from '../page/page-frame.tsx';
import { smallPhoto } from '../page/small-photo.ts';
import { offset } from '../page/views.ts';
import { LineField, OffenceField } from '../text/rectify-fields.tsx';
import './my-ledger.css';

type OwnRectification = Rectification & { readonly mine: boolean };
interface OwnPlace {
  readonly area?: string;
  readonly title: Words;
}
interface OwnLedgerAnswer {
  readonly rectifications: readonly OwnRectification[];
  readonly places: readonly OwnPlace[];
}

/** Nobody waits for a date of days; after an act it is asked at once. */
const EACH_MS = 15_000;

const ledger = signal<OwnLedgerAnswer | undefined>(undefined);
const failed = signal(false);

async function ask(): Promise<void> {
  try {
    ledger.value = await read<OwnLedgerAnswer>('/api/rectifications/mine');
    failed.value = false;
  } catch {
    failed.value = true;
  }
}

function follow(): () => void {
  void ask();
  const timer = setInterval(() => void ask(), EACH_MS);
  return () => clearInterval(timer);
}

/** The button of the phone's camera; `set` gets the file. */
function Photo({ photo, asks, set }: { photo: Blob | undefined; asks: Words; set: (photo: Blob | undefined) => void }) {
  return (
    <label class="btn shoot">
      {say(photo ? ownLedgerWords.photoThere : asks)}
      <input type="file" accept="image/*" capture="environment" onChange={(e) => set(e.currentTarget.files?.[0])} />
    </label>
  );
}

/** Sends a photograph with what is said of it. */
async function give(path: string, said: Readonly<Record<string, string>>, photo: Blob | undefined): Promise<void> {
  await sendFile(`${path}?${new URLSearchParams(said)}`, photo ? await smallPhoto(photo) : new Blob([]));
  await ask();
}

function Ends({ whole, busy, close }: { whole: boolean; busy: boolean; close: () => void }) {
  return (
    <div class="two-up">
      <button type="submit" class="btn main" disabled={busy || !whole}>
        {say(ownLedgerWords.send)}
      </button>
      <button type="button" class="btn" onClick={close}>
        {say(ownLedgerWords.cancel)}
      </button>
    </div>
  );
}

function AnswerForm({ id, close }: { id: number; close: () => void }) {
  const [text, setText] = useState('');
  const [photo, setPhoto] = useState<Blob>();
  const { busy, failure, act } = useAct();
  const send = async () => {
    const said = { rectification: String(id), text: text.trim() };
    if (await act(() => give('/api/rectifications/answers', said, photo))) close();
  };
  return (
    <form
      class="own-form"
      onSubmit={(e) => {
        e.preventDefault();
        void send();
      }}
    >
      <LineField name="text" most={200} label={ownLedgerWords.answerText} value={text} set={setText} />
      <Photo photo={photo} asks={ownLedgerWords.photoAfter} set={setPhoto} />
      <Failure why={failure} />
      <Ends whole={text.trim() !== ''} busy={busy} close={close} />
    </form>
  );
}

const elsewhere = '';
const placeKey = ({ area, title }: OwnPlace): string => area ?? title.zh;

/** Where it is, as a request says it. */
function saidPlace(places: readonly OwnPlace[], chosen: string, typed: string): Record<string, string> {
  const known = places.find((one) => placeKey(one) === chosen);
  if (!known) return { place: typed.trim() };
  return known.area === undefined ? { place: known.title.zh } : { area: known.area };
}

function ReportForm({ places, close }: { places: readonly OwnPlace[]; close: () => void }) {
  const [said, setSaid] = useState({ at: elsewhere, place: '', what: '', offence: 'fire-safety' as HandOffence });
  const [photo, setPhoto] = useState<Blob>();
  const { busy, failure, act } = useAct();
  const put = (name: keyof typeof said) => (value: string) => setSaid({ ...said, [name]: value });
  const send = async () => {
    const { at, place, what, offence } = said;
    const whole = { ...saidPlace(places, at, place), offence, what: what.trim() };
    if (await act(() => give('/api/rectifications/reports', whole, photo))) close();
  };
  const placed = said.at !== elsewhere || said.place.trim() !== '';
  return (
    <form
      class="own-form own-report"
      onSubmit={(e) => {
        e.preventDefault();
        void send();
      }}
    >
      <Photo photo={photo} asks={ownLedgerWords.photoBefore} set={setPhoto} />
      <label>
        {say(ownLedgerWords.where)}
        <select name="at" value={said.at} onChange={(e) => put('at')(e.currentTarget.value)}>
          <option value={elsewhere}>{say(ownLedgerWords.elsewhere)}</option>
          {places.map((one) => (
            <option key={placeKey(one)} value={placeKey(one)}>
              {say(one.title)}
            </option>
          ))}
        </select>
      </label>
      {said.at === elsewhere && (
        <LineField name="place" most={100} label={ownLedgerWords.where} value={said.place} set={put('place')} />
      )}
      <OffenceField label={ownLedgerWords.offence} value={said.offence} set={put('offence')} />
      <LineField name="what" most={200} label={ownLedgerWords.found} value={said.what} set={put('what')} />
      <p class="hint">{say(ownLedgerWords.online)}</p>
      <Failure why={failure} />
      <Ends whole={placed && said.what.trim() !== ''} busy={busy} close={close} />
    </form>
  );
}

function Still({ name, label }: { name: string | undefined; label: Words }) {
  if (name === undefined) return null;
  return (
    <div class="own-still">
      <ShotTile path={`/api/evidence/${encodeURIComponent(name)}`} once label={say(label)} />
    </div>
  );
}

function Entry({ one }: { one: OwnRectification }) {
  const [open, setOpen] = useState(false);
  const after = [...one.answers].reverse().find(({ picture }) => picture !== undefined)?.picture;
  const returned = one.stage === 'open' ? one.answers.at(-1)?.returned : undefined;
  return (
    <li data-rectification={one.id}>
      <p>
        <b>
          {say(one.place.title)} · {say(one.offence.title)}
        </b>{' '}
        <span class="tag">{say(one.mine ? ownLedgerWords.yours : rectifyStages[one.stage])}</span>{' '}
        {one.overdueSince !== undefined && <span class="flag">{say(ownLedgerWords.overdue)}</span>}
      </p>
      <p>{say(one.what)}</p>
      {one.who && one.due !== undefined && <p>{say(untilTime(one.who.name, dayTime(one.due, offset.value)))}</p>}
      {returned && <p class="flag">{say(sentBack(returned.reason))}</p>}
      {one.over?.reason !== undefined && <p>{one.over.reason}</p>}
      <Still name={one.picture} label={ownLedgerWords.before} />
      <Still name={after} label={ownLedgerWords.after} />
      {one.mine &&
        (open ? (
          <AnswerForm id={one.id} close={() => setOpen(false)} />
        ) : (
          <button type="button" class="btn" onClick={() => setOpen(true)}>
            {say(ownLedgerWords.answer)}
          </button>
        ))}
    </li>
  );
}

export function OwnLedger() {
  const asks = you.value !== undefined && may(you.value.role, 'report-rectification');
  const [reporting, setReporting] = useState(false);
  useEffect(() => (asks ? follow() : undefined), [asks]);
  if (!asks) return null;
  const { rectifications = [], places = [] } = ledger.value ?? {};
  const due = rectifications.filter(({ mine }) => mine).length;
  return (
    <section class="own-ledger">
      <h2>
        {say(ownLedgerWords.heading)} {ledger.value && !failed.value ? due : '—'}
      </h2>
      {failed.value && <p class="note">{say(ownLedgerWords.unknown)}</p>}
      {ledger.value && rectifications.length === 0 && <p class="note">{say(ownLedgerWords.none)}</p>}
      <ul>
        {rectifications.map((one) => (
          <Entry key={one.id} one={one} />
        ))}
      </ul>
      {reporting ? (
        <ReportForm places={places} close={() => setReporting(false)} />
      ) : (
        <p class="hint">
          <button type="button" class="btn own-open" onClick={() => setReporting(true)}>
            {say(ownLedgerWords.report)}
          </button>
        </p>
      )}
    </section>
  );
}
