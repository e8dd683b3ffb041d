/**
 * The public screen in the dining hall: the kitchen as it is now, large, for everybody who eats there. It has no feed, no alarm, no name
 * of a person, no control and no link. What is not current is never shown as if it were, and while the gateway does not answer the clock
 * stands still, for a clock that runs makes a dead page look alive.
 */
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { KitchenValue, KitchenView } from '../../core/types.ts';
import { heldTo, kitchenPage, takenAgo } from '../../words/kitchen/kitchen-page-words.ts';
import { measured } from '../../words/sensor/sensor-alarm-words.ts';
import { hms, stamp } from '../page/format.ts';
import { Failed, read } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { advance, now, reckoned, stale } from '../page/page-clock.ts';
import { drawsOn, keepStills, type ScreenStill, stills } from './stills.ts';
import './kitchen.css';

const lookMs = 2_000;

const view = signal<KitchenView | undefined>(undefined);
/** The gateway answered, and the school has no such screen. */
const none = signal(false);

/** Asks again as long as the page stands; one question at a time. */
function follow(): () => void {
  let ended = false;
  const look = async () => {
    while (!ended) {
      try {
        const told = await read<KitchenView>('/api/kitchen');
        advance(told.at);
        view.value = told;
        none.value = false;
      } catch (failure) {
        if (failure instanceof Failed && failure.status === 404) none.value = true;
      }
      await new Promise((resolve) => setTimeout(resolve, lookMs));
    }
  };
  void look();
  return () => {
    ended = true;
  };
}

function Tile({ id, area, still, offset }: { id: string; area: string; still: ScreenStill; offset: number }) {
  const { is, taken } = still;
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => (canvas.current ? drawsOn(id, canvas.current) : undefined), [id]);
  const seconds = taken === undefined ? 0 : Math.max(0, Math.round((reckoned.value - taken) / 1000));
  return (
    <figure class="tile" data-camera={id} data-is={is}>
      <div class="sight">
        <canvas ref={canvas} role="img" aria-label={area} hidden={taken === undefined} />
        {is === 'old' && <span class="veil hatched" />}
        {is !== 'current' && (
          <span class="notice">{say(kitchenPage[is === 'old' ? 'old' : is === 'away' ? 'away' : 'waiting'])}</span>
        )}
      </div>
      <figcaption>
        <b>{area}</b>
        <span>{taken !== undefined && say(takenAgo(hms(taken, offset), seconds))}</span>
      </figcaption>
    </figure>
  );
}

function Value({ value: { title, unit, value, above, below, is } }: { value: KitchenValue }) {
  const known = is === 'known' && value !== undefined && !stale.value;
  const bound = (limit: number | undefined) => (limit === undefined ? undefined : measured(limit, unit));
  return (
    <p class="value" data-is={known ? 'known' : 'unknown'}>
      <span class="what">{say(title)}</span>
      <b>{known ? measured(value, unit) : '—'}</b>
      <small>{known ? say(heldTo(bound(above), bound(below))) : say(kitchenPage.noValue)}</small>
    </p>
  );
}

function Foot({ told: { values, cleaned, menu } }: { told: KitchenView }) {
  if (values.length === 0 && !cleaned && !menu) return null;
  return (
    <footer>
      {values.length > 0 && (
        <section class="values" aria-label={say(kitchenPage.temperatures)}>
          {values.map((value, i) => (
            <Value key={i} value={value} />
          ))}
        </section>
      )}
      {(cleaned ?? menu) && (
        <section class="lines">
          {cleaned && (
            <p>
              <span>{say(kitchenPage.cleaned)}</span>
              {say(cleaned)}
            </p>
          )}
          {menu && (
            <p>
              <span>{say(kitchenPage.menu)}</span>
              {say(menu)}
            </p>
          )}
        </section>
      )}
    </footer>
  );
}

/** So many columns that pictures of 16:9 fill a screen of 16:9 best. */
const columnsFor = (count: number): number => Math.ceil(Math.sqrt(count));

export function KitchenPage() {
  useEffect(follow, []);
  const told = view.value;
  const cameras = told?.cameras.map(({ id }) => id).join(' ') ?? '';
  useEffect(
    () => (cameras === '' ? undefined : keepStills(cameras.split(' '), told?.everyMs ?? lookMs)),
    [cameras, told?.everyMs],
  );
  if (!told) return <p class="kitchen-none">{say(none.value ? kitchenPage.none : kitchenPage.waiting)}</p>;
  const columns = columnsFor(told.cameras.length);
  return (
    <div class={`kitchen ${stale.value ? 'is-stale' : ''}`}>
      <header>
        <h1>{say(kitchenPage.heading)}</h1>
        <span class="school">{say(told.school)}</span>
        {stale.value && <span class="cut hatched">{say(kitchenPage.cut)}</span>}
        <time>{stale.value ? '—' : stamp(now.value, told.utcOffsetMin)}</time>
      </header>
      <main data-columns={Math.min(4, columns)}>
        {told.cameras.map(({ id, area }) => (
          <Tile
            key={id}
            id={id}
            area={say(area)}
            still={stills.value.get(id) ?? { is: 'waiting' }}
            offset={told.utcOffsetMin}
          />
        ))}
      </main>
      <Foot told={told} />
    </div>
  );
}
