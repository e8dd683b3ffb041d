/**
 * Today's menu for the public screen: what stands there, who set it, and for whoever may the way to set it, in one language or both, and to
 * take the last change back.
 */
import { useState } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import type { ShownMenu } from '../../core/canteen/canteen-view.ts';
import { menuMax } from '../../core/canteen/menu.ts';
import { canteenWords, menuBy } from '../../words/screens/canteen-page-words.ts';
import { Failure } from '../page/failure.tsx';
import { hm } from '../page/format.ts';
import { command } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { useAct } from '../page/page-frame.tsx';
import { askCanteen, type CanteenAnswer } from './canteen-poll.ts';

function MenuForm({ menu: { line, undo } }: { menu: ShownMenu }) {
  const [written, write] = useState<{ readonly zh?: string; readonly en?: string }>({});
  const { busy, failure, act } = useAct();
  const next = { zh: written.zh ?? line.zh ?? '', en: written.en ?? line.en ?? '' };
  const give = (asked: { readonly do: 'set-menu'; zh: string; en: string } | { readonly do: 'undo-menu' }) =>
    void act(async () => {
      await command(asked);
      write({});
      await askCanteen();
    });
  const field = (lang: 'zh' | 'en', label: string) => (
    <label class="field">
      {label}
      <input
        name={`menu-${lang}`}
        maxLength={menuMax[lang]}
        value={next[lang]}
        onInput={(e) => write({ ...written, [lang]: e.currentTarget.value })}
      />
    </label>
  );
  return (
    <div class="menuform">
      {field('zh', say(canteenWords.menuChinese))}
      {field('en', say(canteenWords.menuEnglish))}
      <div class="field">
        <button type="button" class="btn" disabled={busy} onClick={() => give({ do: 'set-menu', ...next })}>
          {say(canteenWords.menuShow)}
        </button>
        {undo && (
          <button type="button" class="btn plain" disabled={busy} onClick={() => give({ do: 'undo-menu' })}>
            {say(canteenWords.menuUndo)}
          </button>
        )}
        <Failure why={failure} />
      </div>
    </div>
  );
}

export function MenuBox({ view: { menu, user, utcOffsetMin } }: { view: CanteenAnswer }) {
  if (!menu) return null;
  const { line, configured, by, at } = menu;
  const [zh, en] = [line.zh ?? line.en, line.en ?? line.zh];
  const shown = zh !== undefined && en !== undefined ? { zh, en } : configured;
  return (
    <section class="box menubox">
      <h2>{say(canteenWords.menu)}</h2>
      <p class="padded">{shown ? say(shown) : say(canteenWords.noMenu)}</p>
      {by !== undefined && at !== undefined && <p class="quiet">{say(menuBy(by, hm(at, utcOffsetMin)))}</p>}
      {may(user.role, 'set-menu') && <MenuForm menu={menu} />}
    </section>
  );
}
