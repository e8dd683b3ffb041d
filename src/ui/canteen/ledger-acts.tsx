/**
 * What may be done about one rectification now: taken on or dismissed, moved, answered with a photograph, countersigned or returned,
 * withdrawn. One form at a time; a refusal stands where it was asked.
 */
import { useState } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import type { ShownRectification } from '../../core/canteen/canteen-view.ts';
import type { Command, RectifyStage } from '../../core/types.ts';
import { canteenWords } from '../../words/screens/canteen-page-words.ts';
import { Failure } from '../page/failure.tsx';
import { command, sendFile } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { useAct } from '../page/page-frame.tsx';
import { smallPhoto } from '../page/small-photo.ts';
import { DueField, PhotoField, TermsFields } from './canteen-fields.tsx';
import { askCanteen, type CanteenAnswer } from './canteen-poll.ts';
import { firstTerms } from './open-form.tsx';
import { timeOfField } from './school-time.ts';

type LedgerAct = 'take' | 'dismiss' | 'move' | 'answer' | 'countersign' | 'return' | 'withdraw';
const atStage: Readonly<Record<RectifyStage, readonly LedgerAct[]>> = {
  proposed: ['take', 'dismiss'],
  open: ['answer', 'move', 'withdraw'],
  answered: ['countersign', 'return'],
  countersigned: [],
  dismissed: [],
  withdrawn: [],
};
const labels = {
  take: canteenWords.take,
  dismiss: canteenWords.dismiss,
  move: canteenWords.move,
  answer: canteenWords.answer,
  countersign: canteenWords.countersign,
  return: canteenWords.giveBack,
  withdraw: canteenWords.withdraw,
} as const;

/** What this person sees a button for. */
function offered({ stage, bar, opened }: ShownRectification, { user }: CanteenAnswer): readonly LedgerAct[] {
  return atStage[stage].filter((name) => {
    if (!may(user.role, `${name}-rectification`)) return false;
    if (name === 'countersign' || name === 'return') return bar === undefined;
    const head = user.role === 'head' || user.role === 'admin';
    return name !== 'withdraw' || head || opened?.by === user.name;
  });
}

interface Typed {
  readonly text: string;
  readonly who: string;
  readonly due: string;
}

function commandOf(name: LedgerAct, rectification: number, { text, who }: Typed, due: number): Command {
  switch (name) {
    case 'take':
      return { do: 'take-rectification', rectification, who, due };
    case 'move':
      return { do: 'move-rectification', rectification, who, due, reason: text };
    case 'return':
      return { do: 'return-rectification', rectification, due, reason: text };
    case 'dismiss':
      return { do: 'dismiss-rectification', rectification, reason: text };
    case 'withdraw':
      return { do: 'withdraw-rectification', rectification, reason: text };
    case 'answer':
      return { do: 'answer-rectification', rectification, text };
    default:
      return { do: 'countersign-rectification', rectification };
  }
}

function ActForm({
  name,
  one,
  view,
  close,
}: {
  name: LedgerAct;
  one: ShownRectification;
  view: CanteenAnswer;
  close: () => void;
}) {
  const first = firstTerms(view);
  const [typed, setTyped] = useState<Typed>({ text: '', ...first, who: one.who?.id ?? first.who });
  const [photo, setPhoto] = useState<Blob>();
  const { busy, failure, act } = useAct();
  const due = timeOfField(typed.due, view.utcOffsetMin);
  const asksText = name !== 'take' && name !== 'countersign';
  const asksDue = name === 'take' || name === 'move' || name === 'return';
  const whole = (!asksText || typed.text.trim() !== '') && (!asksDue || due !== undefined);
  const send = async () => {
    const sent = await act(async () => {
      if (name !== 'answer') return command(commandOf(name, one.id, typed, due ?? 0));
      const query = new URLSearchParams({ rectification: String(one.id), text: typed.text.trim() });
      return sendFile(`/api/canteen/answers?${query}`, photo ? await smallPhoto(photo) : new Blob([]));
    });
    await askCanteen();
    if (sent) close();
  };
  const asks = say(name === 'answer' ? canteenWords.answerText : canteenWords.reason);
  return (
    <form
      class="field"
      onSubmit={(e) => {
        e.preventDefault();
        void send();
      }}
    >
      {asksText && (
        <input
          name="text"
          class="long"
          maxLength={200}
          aria-label={asks}
          placeholder={asks}
          value={typed.text}
          onInput={(e) => setTyped({ ...typed, text: e.currentTarget.value })}
        />
      )}
      {(name === 'take' || name === 'move') && (
        <TermsFields view={view} terms={typed} set={(terms) => setTyped({ ...typed, ...terms })} />
      )}
      {name === 'return' && <DueField due={typed.due} set={(next) => setTyped({ ...typed, due: next })} />}
      {name === 'answer' && <PhotoField photo={photo} set={setPhoto} />}
      <button type="submit" class="btn main" disabled={busy || !whole}>
        {say(name === 'answer' ? canteenWords.send : labels[name])}
      </button>
      <button type="button" class="btn plain" onClick={close}>
        {say(canteenWords.cancel)}
      </button>
      <Failure why={failure} />
    </form>
  );
}

export function LedgerActs({ one, view }: { one: ShownRectification; view: CanteenAnswer }) {
  const [chosen, setChosen] = useState<LedgerAct>();
  const names = offered(one, view);
  if (names.length === 0) return null;
  if (chosen && names.includes(chosen))
    return <ActForm name={chosen} one={one} view={view} close={() => setChosen(undefined)} />;
  return (
    <p class="acts">
      {names.map((name) => (
        <button key={name} type="button" class="btn" onClick={() => setChosen(name)}>
          {say(labels[name])}
        </button>
      ))}
    </p>
  );
}
