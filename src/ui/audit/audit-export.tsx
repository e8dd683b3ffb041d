/**
 * Taking the report out: CSV at once; XLSX and PDF are made by the gateway, which says how far it is, and are then fetched. It
 * can be stopped, and says why when it did not work.
 */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Failure } from '../page/failure.tsx';
import { askInLines, sentence } from '../page/gateway-api.ts';
import { lang } from '../page/language.ts';
import { t } from '../text/audit-language.ts';
import { chosen, spanOf } from './audit-span.ts';

type Making =
  | { readonly phase: 'idle' }
  | { readonly phase: 'making'; readonly name: string; readonly share: number; readonly stop: () => void }
  | { readonly phase: 'made'; readonly name: string; readonly id: string }
  | { readonly phase: 'failed'; readonly why: string };

const making = signal<Making>({ phase: 'idle' });

/** Has the browser keep the file, as if its link had been pressed. */
function fetchFile(id: string): void {
  const link = document.createElement('a');
  link.href = `/api/reports/${id}`;
  link.download = '';
  link.click();
}

async function make(format: 'xlsx' | 'pdf'): Promise<void> {
  const gone = new AbortController();
  let stopped = false;
  const stop = () => {
    stopped = true;
    gone.abort();
  };
  const name = format.toUpperCase();
  making.value = { phase: 'making', name, share: 0, stop };
  const body = { ...spanOf(chosen.peek()), format, lang: lang.peek() };
  const progress = (share: number) => {
    making.value = { phase: 'making', name, share, stop };
  };
  try {
    const made = await askInLines<{ id: string; name: string }>('/api/reports/patrol', body, progress, gone.signal);
    making.value = { phase: 'made', ...made };
    fetchFile(made.id);
  } catch (failure) {
    making.value = stopped ? { phase: 'idle' } : { phase: 'failed', why: sentence(failure) };
  }
}

function MakingBar() {
  const now = making.value;
  if (now.phase === 'idle') return null;
  if (now.phase === 'failed') return <Failure why={now.why} />;
  if (now.phase === 'made')
    return (
      <p class="making" role="status">
        <a href={`/api/reports/${now.id}`} download>
          {t('auditMade', { name: now.name })}
        </a>
      </p>
    );
  const percent = Math.floor(now.share * 100);
  const text = t('auditMaking', { name: now.name, percent });
  return (
    <p class="making" role="status">
      <span>{text}</span>
      <progress max="100" value={percent} aria-label={text} />
      <button type="button" class="btn" onClick={now.stop}>
        {t('auditStop')}
      </button>
    </p>
  );
}

export function TakeOutReport() {
  useEffect(() => {
    if (making.value.phase !== 'making') making.value = { phase: 'idle' };
  }, [chosen.value, lang.value]);
  const { from, to } = spanOf(chosen.value);
  const busy = making.value.phase === 'making';
  return (
    <>
      <span class="fill" />
      <a class="btn" href={`/api/export/patrol.csv?from=${from}&to=${to}&lang=${lang.value}`} download>
        {t('auditCsv')}
      </a>
      <button type="button" class="btn" disabled={busy} onClick={() => void make('xlsx')}>
        {t('auditXlsx')}
      </button>
      <button type="button" class="btn" disabled={busy} onClick={() => void make('pdf')}>
        {t('auditPdf')}
      </button>
      <button type="button" class="btn" onClick={() => window.print()}>
        {t('auditPrint')}
      </button>
      <MakingBar />
    </>
  );
}
