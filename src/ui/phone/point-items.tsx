/**
 * What is to be looked at at the points this person has just touched, on the phone: one big yes, one big no, or a number; a word and a
 * photograph where they help. What was answered says whether it was right, and may be answered again.
 */
import { useState } from 'preact/hooks';
import type { CheckItem, Words } from '../../core/types.ts';
import { itemLimits, itemValue } from '../../words/patrol/item-words.ts';
import { limitsAre, pointWords } from '../../words/screens/point-page-words.ts';
import { Failure } from '../page/failure.tsx';
import { hm } from '../page/format.ts';
import { read, sendFile } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { Show, useAct, useLoaded } from '../page/page-frame.tsx';
import { smallPhoto } from '../page/small-photo.ts';
import { offset } from '../page/views.ts';

interface OpenItem extends CheckItem {
  readonly given?: { readonly value: boolean | number; readonly right: boolean };
}
interface OpenPoint {
  readonly reader: string;
  readonly title: Words;
  readonly at: number;
  readonly items: readonly OpenItem[];
}

const paces = { round: pointWords.each, month: pointWords.month, year: pointWords.year };

function Given({ item }: { item: OpenItem }) {
  if (!item.given) return null;
  const { value, right } = item.given;
  return (
    <p class={right ? 'itemdone' : 'itemdone flag'}>
      {say(itemValue(item, value))} · {say(right ? pointWords.right : pointWords.amiss)}
    </p>
  );
}

function Item({ point, item, again }: { point: OpenPoint; item: OpenItem; again: () => void }) {
  const [number, setNumber] = useState('');
  const [note, setNote] = useState('');
  const [photo, setPhoto] = useState<Blob>();
  const { busy, failure, act } = useAct();
  const give = (value: boolean | number) =>
    void act(async () => {
      const query = new URLSearchParams({ reader: point.reader, item: item.id, value: String(value) });
      if (note.trim()) query.set('note', note.trim());
      await sendFile(`/api/points/items?${query}`, photo ? await smallPhoto(photo) : new Blob([]));
      setPhoto(undefined);
      setNote('');
      again();
    });
  const limits = itemLimits(item);
  return (
    <li>
      <p>
        <b>{say(item.ask)}</b> <small>{say(paces[item.due])}</small> {limits && <small>{say(limitsAre(limits))}</small>}
      </p>
      <Given item={item} />
      {item.answer === 'yes-no' ? (
        <div class="two-up">
          <button type="button" class="btn" disabled={busy} onClick={() => give(true)}>
            {say(pointWords.yes)}
          </button>
          <button type="button" class="btn" disabled={busy} onClick={() => give(false)}>
            {say(pointWords.no)}
          </button>
        </div>
      ) : (
        <div class="two-up field">
          <input
            type="number"
            step="any"
            inputMode="decimal"
            aria-label={say(item.ask)}
            value={number}
            onInput={(e) => setNumber(e.currentTarget.value)}
          />
          <button
            type="button"
            class="btn"
            disabled={busy || number === '' || Number.isNaN(Number(number))}
            onClick={() => give(Number(number))}
          >
            {say(pointWords.send)}
          </button>
        </div>
      )}
      <div class="two-up field">
        <input
          maxLength={200}
          aria-label={say(pointWords.remark)}
          placeholder={say(pointWords.remark)}
          value={note}
          onInput={(e) => setNote(e.currentTarget.value)}
        />
        <label class="btn shoot">
          {say(photo ? pointWords.photoThere : pointWords.photo)}
          <input
            type="file"
            accept="image/*"
            capture="environment"
            onChange={(e) => setPhoto(e.currentTarget.files?.[0])}
          />
        </label>
      </div>
      <Failure why={failure} />
    </li>
  );
}

/** `turn`: loads anew whenever it changes. */
export function PointItems({ turn }: { turn: number }) {
  const [loaded, again] = useLoaded(() => read<{ points: readonly OpenPoint[] }>('/api/points/items'), turn);
  return (
    <section>
      <h2>{say(pointWords.items)}</h2>
      <Show loaded={loaded} again={again}>
        {({ points }) =>
          points.length === 0 ? (
            <p class="note">{say(pointWords.noItems)}</p>
          ) : (
            points.map((point) => (
              <div key={point.reader} class="pointitems">
                <h3>
                  {say(point.title)} {hm(point.at, offset.value)}
                </h3>
                <ul class="list">
                  {point.items.map((item) => (
                    <Item key={item.id} point={point} item={item} again={again} />
                  ))}
                </ul>
              </div>
            ))
          )
        }
      </Show>
    </section>
  );
}
