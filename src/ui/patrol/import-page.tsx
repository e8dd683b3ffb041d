/**
 * Files of batons: choose one, look at what is in it, take it in, and undo. The file stays in this browser between looking and
 * taking in. It shows what the gateway read and reads nothing itself; a file with a bad row offers no way to take it in.
 */
import { useEffect, useState } from 'preact/hooks';
import { encodingNames } from '../../words/screens/import-words.ts';
import { Failure } from '../page/failure.tsx';
import { stamp } from '../page/format.ts';
import { refusal, sendFile } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { Desk } from '../page/page-frame.tsx';
import { reportAs } from '../page/page-report.ts';
import { offset } from '../page/views.ts';
import { ImportFaults } from './import-faults.tsx';
import { PastImports } from './import-past.tsx';
import type { FilePreview, PreviewCount } from './import-preview.ts';
import './import.css';
import { t } from '../text/import-language.ts';

type FileStep =
  | { readonly is: 'empty' }
  | { readonly is: 'busy'; readonly what: string }
  | { readonly is: 'seen'; readonly file: File; readonly preview: FilePreview }
  | { readonly is: 'done'; readonly what: string };

const query = (file: File, more: Readonly<Record<string, string | undefined>>): string => {
  const asked = new URLSearchParams({ file: file.name.slice(0, 200) });
  for (const [name, value] of Object.entries(more)) if (value !== undefined) asked.set(name, value);
  return asked.toString();
};

function Counts({
  list,
  title,
  none,
  unknown,
}: {
  list: readonly PreviewCount[];
  title: string;
  none: string;
  unknown: string;
}) {
  return (
    <div class="box scroll">
      <h3>{title}</h3>
      {list.length === 0 ? (
        <p class="note">{none}</p>
      ) : (
        <table class="plain">
          <thead>
            <tr>
              <th>{t('importSaid')}</th>
              <th>{t('importMeans')}</th>
              <th class="n">{t('importCount')}</th>
            </tr>
          </thead>
          <tbody>
            {[...list]
              .sort((a, b) => Number(a.title !== undefined) - Number(b.title !== undefined) || b.count - a.count)
              .map((one) => (
                <tr key={one.said}>
                  <td>{one.said}</td>
                  <td>{one.title ? say(one.title) : <span class="flag">{unknown}</span>}</td>
                  <td class="n">{one.count}</td>
                </tr>
              ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function Figures({ preview, again }: { preview: FilePreview; again: (encoding: string) => void }) {
  const { rows, fresh, doubled, from, to, encoding } = preview;
  return (
    <div class="figures">
      <div class="box">
        {t('importRows')}
        <b>{rows}</b>
        <small>{doubled > 0 && t('importDoubled', { n: doubled })}</small>
      </div>
      <div class="box">
        {t('importFresh')}
        <b>{fresh}</b>
        <small>{fresh < rows && t('importFreshNote', { known: rows - fresh })}</small>
      </div>
      <div class="box">
        {t('importSpan')}
        <b class="span">
          {from !== undefined && to !== undefined
            ? t('importSpanOf', { from: stamp(from, offset.value), to: stamp(to, offset.value) })
            : '—'}
        </b>
      </div>
      {encoding !== undefined && (
        <label class="box field">
          {t('importEncoding')}
          <select value={encoding} onChange={(event) => again(event.currentTarget.value)}>
            {Object.entries(encodingNames).map(([id, name]) => (
              <option key={id} value={id}>
                {say(name)}
              </option>
            ))}
          </select>
          <small>{t('importEncodingNote')}</small>
        </label>
      )}
    </div>
  );
}

function Preview({
  step,
  take,
  leave,
  again,
}: {
  step: Extract<FileStep, { is: 'seen' }>;
  take: () => void;
  leave: () => void;
  again: (encoding: string) => void;
}) {
  const { preview } = step;
  const { fresh, faultCount, known, places, people, unread } = preview;
  const hindered = known ? t('importKnown') : fresh === 0 && faultCount === 0 ? t('importNothing') : undefined;
  return (
    <>
      <h2>{step.file.name}</h2>
      <Figures preview={preview} again={again} />
      {faultCount > 0 && <ImportFaults preview={preview} />}
      {unread.length > 0 && <p class="note">{t('importUnread', { sheets: unread.join(' · ') })}</p>}
      {hindered !== undefined && <p class="note">{hindered}</p>}
      <p class="acts">
        {faultCount === 0 && hindered === undefined && (
          <button type="button" class="btn main" onClick={take}>
            {t('importNow', { n: fresh })}
          </button>
        )}
        <button type="button" class="btn" onClick={leave}>
          {t('importCancel')}
        </button>
      </p>
      <div class="counts">
        <Counts list={places} title={t('importPlaces')} none="—" unknown={t('importUnknownPlace')} />
        <Counts list={people} title={t('importPeople')} none={t('importNobody')} unknown={t('importUnknownPerson')} />
      </div>
    </>
  );
}

/** The steps of one file, and what stands in the way. */
function useFile() {
  const [step, setStep] = useState<FileStep>({ is: 'empty' });
  const [failure, setFailure] = useState<string>();
  const attempt = async (busy: string, work: () => Promise<FileStep>, back: FileStep) => {
    setFailure(undefined);
    setStep({ is: 'busy', what: busy });
    try {
      setStep(await work());
    } catch (why) {
      setFailure(refusal(why));
      setStep(back);
    }
  };
  const look = (file: File, encoding?: string, back: FileStep = { is: 'empty' }) =>
    attempt(
      t('importReading', { file: file.name }),
      async () => ({
        is: 'seen',
        file,
        preview: await sendFile<FilePreview>(`/api/imports/preview?${query(file, { encoding })}`, file),
      }),
      back,
    );
  const take = (seen: Extract<FileStep, { is: 'seen' }>) => {
    const { file, preview } = seen;
    const asked = query(file, { encoding: preview.encoding, batch: preview.batch });
    return attempt(
      t('importTaking', { file: file.name }),
      async () => {
        const counts = await sendFile<{ taken: number; known: number }>(`/api/imports?${asked}`, file);
        return { is: 'done', what: t('importDone', { file: file.name, ...counts }) };
      },
      seen,
    );
  };
  return { step, failure, look, take, leave: () => setStep({ is: 'empty' }) };
}

export function ImportPage() {
  useEffect(() => reportAs('batons'), []);
  const { step, failure, look, take, leave } = useFile();
  return (
    <Desk>
      <div class="stack batons">
        <p class="note">{t('importIntro')}</p>
        <label class="field">
          {t('importChoose')}{' '}
          <input
            type="file"
            accept=".csv,.xlsx,.txt"
            disabled={step.is === 'busy'}
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              // The same file again, mended meanwhile, is a choice too.
              event.currentTarget.value = '';
              if (file) void look(file);
            }}
          />
        </label>
        {step.is === 'busy' && <progress aria-label={step.what} />}
        {(step.is === 'busy' || step.is === 'done') && (
          <p class="note" role="status">
            {step.what}
          </p>
        )}
        <Failure why={failure} />
        {step.is === 'seen' && (
          <Preview
            step={step}
            take={() => void take(step)}
            leave={leave}
            again={(encoding) => void look(step.file, encoding, step)}
          />
        )}
        <PastImports key={step.is === 'done' ? step.what : ''} />
      </div>
    </Desk>
  );
}
