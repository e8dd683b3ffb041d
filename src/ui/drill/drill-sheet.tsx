/**
 * The sheet of codes for a drill: one card for each class, on the screen and printed. The codes are asked for only when somebody wants the
 * sheet, and the squares never leave the page.
 */
import { useEffect, useState } from 'preact/hooks';
import { listedIs, sheetTitle, drillPageWords as w } from '../../words/drill/drill-page-words.ts';
import { Failure } from '../page/failure.tsx';
import { read, sentence } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { site } from '../page/page-feed.ts';
import { running } from './drill-data.ts';

interface SheetAnswer {
  readonly sheet: number;
  readonly codes: readonly { readonly class: string; readonly code: string }[];
}
interface Card {
  readonly id: string;
  readonly address: string;
  readonly square: { readonly path: string; readonly size: number };
}

const isLocal = /^(?:localhost|127\.|\[::1\])/.test(location.hostname);

function useSheet() {
  const [made, set] = useState<{ readonly sheet: number; readonly cards: readonly Card[] }>();
  const [why, setWhy] = useState<string>();
  const make = async () => {
    try {
      const [{ sheet, codes }, { qrPath }] = await Promise.all([
        read<SheetAnswer>('/api/drill/codes'),
        import('../pairing/qr-path.ts'),
      ]);
      const cards = codes.map(({ class: id, code }) => {
        const address = `${location.origin}/d/${code}`;
        return { id, address, square: qrPath(address) };
      });
      set({ sheet, cards });
      setWhy(undefined);
    } catch (failure) {
      setWhy(sentence(failure));
    }
  };
  return { made, why, make };
}

function Cards({ sheet, cards }: { sheet: number; cards: readonly Card[] }) {
  const classes = running.value?.classes ?? site.value?.drill?.classes ?? [];
  const of = (id: string) => classes.find((one) => one.id === id);
  return (
    <ul class="drillcards">
      {cards.map(({ id, address, square: { path, size } }) => {
        const one = of(id);
        return (
          <li key={id}>
            <b>{one ? say(one.title) : id}</b>
            <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={address}>
              <path d={path} />
            </svg>
            <small>
              {say(sheetTitle(sheet))}
              {one ? ` · ${say(listedIs(one.due))}` : ''}
            </small>
          </li>
        );
      })}
    </ul>
  );
}

export function SheetBox() {
  const { made, why, make } = useSheet();
  useEffect(() => {
    if (made) document.documentElement.dataset.sheet = '';
    return () => {
      delete document.documentElement.dataset.sheet;
    };
  }, [made]);
  return (
    <>
      <section class="box">
        <h2>{say(w.sheet)}</h2>
        <p class="drillpad">{say(w.sheetHint)}</p>
        {isLocal && <p class="drillpad failed">{say(w.sheetLocal)}</p>}
        <div class="acts drillpad">
          <button type="button" class="btn" onClick={() => void make()}>
            {say(w.sheetMake)}
          </button>
          {made && (
            <button type="button" class="btn main" onClick={() => window.print()}>
              {say(w.sheetPrint)}
            </button>
          )}
        </div>
        <Failure why={why} />
        {made && <Cards {...made} />}
      </section>
      {made && (
        <section class="printed" aria-hidden="true">
          <h1>
            {site.value && say(site.value.name)} {say(sheetTitle(made.sheet))}
          </h1>
          <p>{say(w.sheetUse)}</p>
          <Cards {...made} />
        </section>
      )}
    </>
  );
}
