/**
 * The items of all checkpoints on the patrol board: the last answer with its photograph, who gave it, and which monthly and yearly ones are
 * due soon, overdue or were never done. What nobody answered is said, and never shown as if it were right.
 */
import { itemDue, itemsOf } from '../../core/patrol/check-items.ts';
import { mayAsk } from '../../core/site/rights.ts';
import type { ItemAnswer, RoundItems, Site } from '../../core/types.ts';
import { itemValue } from '../../words/patrol/item-words.ts';
import { itemsOfRound, itemWords } from '../../words/screens/item-page-words.ts';
import { stamp } from '../page/format.ts';
import { say } from '../page/language.ts';
import { select, site, you } from '../page/page-feed.ts';
import { minute, offset } from '../page/views.ts';

const answers = select<readonly (readonly [string, ItemAnswer])[]>((state) => [...state.items], []);

type Placed = ReturnType<typeof itemsOf> extends Map<string, infer One> ? One : never;

function Answer({ item, last }: { item: Placed['item']; last: ItemAnswer | undefined }) {
  if (!last) return <>{say(itemWords.none)}</>;
  const photo = you.value && mayAsk(you.value.role, 'evidence') ? last.picture : undefined;
  return (
    <>
      {stamp(last.at, offset.value)} {say(itemValue(item, last.value))}{' '}
      {!last.right && <span class="flag">{say(itemWords.amiss)}</span>} {last.note}{' '}
      {photo && (
        <a class="btn" href={`/api/evidence/${photo}`} target="_blank" rel="noreferrer">
          {say(itemWords.photo)}
        </a>
      )}
    </>
  );
}

function Row({ one, last, place }: { one: Placed; last: ItemAnswer | undefined; place: Site }) {
  const { point, item } = one;
  const standing = itemDue(item, last, minute.value, offset.value);
  const pressing = standing.is === 'overdue' || standing.is === 'never';
  return (
    <tr>
      <td>{say(point.title)}</td>
      <td>{say(item.ask)}</td>
      <td>
        <Answer item={item} last={last} />
      </td>
      <td>{last ? (place.people[last.person]?.name ?? last.person) : '—'}</td>
      <td>
        <span class={pressing ? 'flag' : ''}>{say(itemWords[standing.is])}</span>{' '}
        {standing.by !== undefined && stamp(standing.by, offset.value).slice(0, 10)}
      </td>
    </tr>
  );
}

const ofRounds = select<readonly (readonly [string, RoundItems])[]>(
  (state) => [...state.rounds.values()].flatMap(({ id, items }) => (items ? [[id, items] as const] : [])),
  [],
);

/** How far the items of a round are; nothing where none are due. */
export function RoundItemsText({ round }: { round: string }) {
  const items = ofRounds.value.find(([id]) => id === round)?.[1];
  return items ? <small>{say(itemsOfRound(items))}</small> : null;
}

/** Nothing where nothing is looked at. */
export function Items() {
  const place = site.value;
  const placed = place ? [...itemsOf(place)] : [];
  if (!place || placed.length === 0) return null;
  const last = new Map(answers.value);
  return (
    <section class="box scroll hatch2 items" aria-label={say(itemWords.title)}>
      <h2>{say(itemWords.title)}</h2>
      <table class="plain">
        <thead>
          <tr>
            {(['point', 'item', 'last', 'by', 'due'] as const).map((head) => (
              <th key={head}>{say(itemWords[head])}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {placed.map(([key, one]) => (
            <Row key={key} one={one} last={last.get(key)} place={place} />
          ))}
        </tbody>
      </table>
    </section>
  );
}
