/**
 * The language that an address asked for goes on in its tab, wherever links lead, until whoever sits there chooses another; and in no other tab, since a wall
 * beside a desk speaks its own. It touches nothing but a setting of the tab.
 */
import { type Lang, lang } from '../page/language.ts';

const KEPT = 'gatehouse.lang';
const isLang = (text: string | null): text is Lang => text === 'zh' || text === 'en';

/** Once, before the first page is shown. */
export function keepTabLanguage(): void {
  try {
    const asked = new URLSearchParams(location.search).get('lang');
    if (isLang(asked)) sessionStorage.setItem(KEPT, asked);
    const kept = sessionStorage.getItem(KEPT);
    if (!isLang(kept)) return;
    lang.value = kept;
    lang.subscribe((spoken) => {
      if (spoken !== kept) sessionStorage.removeItem(KEPT);
    });
  } catch {
    // Where storage is forbidden it lasts as long as the page.
  }
}
