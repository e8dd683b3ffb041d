/**
 * The check lists of today: what is asked, what was answered by whom, what is late or amiss; a sample is a dish with its weight and a
 * photograph. Answered here from phone or desk; whether an answer counts is the gateway's to say.
 */
import { useState } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import type { ShownList } from '../../core/canteen/canteen-view.ts';
import { sampleKeptMs } from '../../core/canteen/lists.ts';
import type { ListAnswer, ListItem } from '../../core/types.ts';
import { itemLimits, itemValue } from '../../words/patrol/item-words.ts';
import { canteenWords, keptUntil, timesOf } from '../../words/screens/canteen-page-words.ts';
import { Failure } from '../page/failure.tsx';
import { dayTime, hm } from '../page/format.ts';
import { sendFile } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { useAct } from '../page/page-frame.tsx';
import { smallPhoto } from '../page/small-photo.ts';
import { PhotoField } from './canteen-fields.tsx';
import { askCanteen, type CanteenAnswer } from './canteen-poll.ts';

function standing({ from, until, items, answers, missedAt }: ShownList, now: number) {
  const left = items.filter(({ id }) => !answers.some(({ item }) => item === id)).length;
  if (left === 0) return canteenWords.listDone;
  if (missedAt !== undefined) return canteenWords.listMissed;
  if (now >= until) return canteenWords.listPast;
  return now < from ? canteenWords.listLater : canteenWords.listOpen;
}

function Answered({ item, answer, offset }: { item: ListItem; answer: ListAnswer; offset: number }) {
  const { by, at, value, right, late, note, picture } = answer;
  return (
    <p class={right ? 'itemdone' : 'itemdone flag'}>
      {note} {say(itemValue(item, value))} · {say(right ? canteenWords.right : canteenWords.amiss)} · {by}{' '}
      {hm(at, offset)} {late && say(canteenWords.late)} {picture && say(canteenWords.photoThere)}{' '}
      {item.answer === 'sample' && say(keptUntil(dayTime(at + sampleKeptMs, offset)))}
    </p>
  );
}

function ItemForm({ list, item }: { list: string; item: ListItem }) {
  const [number, setNumber] = useState('');
  const [note, setNote] = useState('');
  const [photo, setPhoto] = useState<Blob>();
  const { busy, failure, act } = useAct();
  const give = (value: boolean | number) =>
    void act(async () => {
      const query = new URLSearchParams({ list, item: item.id, value: String(value) });
      if (note.trim()) query.set('note', note.trim());
      await sendFile(`/api/canteen/lists?${query}`, photo ? await smallPhoto(photo) : new Blob([]));
      setNumber('');
      setNote('');
      setPhoto(undefined);
      await askCanteen();
    });
  const sample = item.answer === 'sample';
  const label = say(sample ? canteenWords.grams : item.ask);
  const remark = say(sample ? canteenWords.dish : canteenWords.remark);
  return (
    <div class="field">
      <input
        name="note"
        maxLength={200}
        aria-label={remark}
        placeholder={remark}
        value={note}
        onInput={(e) => setNote(e.currentTarget.value)}
      />
      <PhotoField photo={photo} set={setPhoto} must={item.photo === true} />
      {item.answer === 'yes-no' ? (
        [true, false].map((value) => (
          <button key={String(value)} type="button" class="btn" disabled={busy} onClick={() => give(value)}>
            {say(value ? canteenWords.yes : canteenWords.no)}
          </button>
        ))
      ) : (
        <>
          <input
            type="number"
            name="value"
            step="any"
            inputMode="decimal"
            aria-label={label}
            placeholder={label}
            value={number}
            onInput={(e) => setNumber(e.currentTarget.value)}
          />
          <button
            type="button"
            class="btn"
            disabled={busy || number === '' || Number.isNaN(Number(number))}
            onClick={() => give(Number(number))}
          >
            {say(canteenWords.send)}
          </button>
        </>
      )}
      <Failure why={failure} />
    </div>
  );
}

function List({ list, view }: { list: ShownList; view: CanteenAnswer }) {
  const { utcOffsetMin: offset, at, user } = view;
  const state = standing(list, at);
  // Of samples there may be one more dish as long as the time lasts.
  const more = list.items.some(({ answer }) => answer === 'sample') && at < list.until;
  const unfold = state !== canteenWords.listLater && (state !== canteenWords.listDone || more);
  const open = may(user.role, 'answer-list') && at >= list.from;
  return (
    <details class="checklist" open={unfold}>
      <summary>
        <b>{say(list.title)}</b> {say(timesOf(hm(list.from, offset), hm(list.until, offset)))}{' '}
        <span class={state === canteenWords.listMissed ? 'flag' : 'tag'}>{say(state)}</span>
      </summary>
      <ul class="ledger">
        {list.items.map((item) => {
          const given = list.answers.filter((answer) => answer.item === item.id);
          return (
            <li key={item.id}>
              <p>
                <b>{say(item.ask)}</b> <small>{itemLimits(item)}</small>
              </p>
              {given.map((answer) => (
                <Answered key={`${answer.at} ${answer.note}`} item={item} answer={answer} offset={offset} />
              ))}
              {open && <ItemForm list={list.id} item={item} />}
            </li>
          );
        })}
      </ul>
    </details>
  );
}

export function ListsBox({ view }: { view: CanteenAnswer }) {
  return (
    <section class="box listsbox">
      <h2>{say(canteenWords.lists)}</h2>
      {view.lists.length === 0 && <p class="quiet">{say(canteenWords.noLists)}</p>}
      {view.lists.map((list) => (
        <List key={list.id} list={list} view={view} />
      ))}
    </section>
  );
}
