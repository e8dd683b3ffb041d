/**
 * The files that were taken in and count, newest first, each with the way back. Undoing asks twice, for it changes verdicts
 * of past rounds; it is a fact as taking in was.
 */
import { useState } from 'preact/hooks';
import { Failure } from '../page/failure.tsx';
import { stamp } from '../page/format.ts';
import { command, read } from '../page/gateway-api.ts';
import { Show, useAct, useLoaded } from '../page/page-frame.tsx';
import { offset } from '../page/views.ts';
import { t } from '../text/import-language.ts';

interface PastImport {
  readonly batch: string;
  readonly file: string;
  readonly by: string;
  readonly at: number;
  readonly taken: number;
  readonly known: number;
}

function PastRow({ one, gone }: { one: PastImport; gone: () => void }) {
  const { busy, failure, act } = useAct();
  const [sure, setSure] = useState(false);
  const undo = () => {
    if (!sure) return setSure(true);
    void act(async () => {
      await command({ do: 'undo-import', batch: one.batch });
      gone();
    });
  };
  return (
    <tr>
      <td>{one.file}</td>
      <td>{stamp(one.at, offset.value)}</td>
      <td>{one.by}</td>
      <td class="n">{one.taken}</td>
      <td>
        <button type="button" class="btn" disabled={busy} onClick={undo}>
          {sure ? t('importUndoSure', { taken: one.taken }) : t('importUndo')}
        </button>
        <Failure why={failure} />
      </td>
    </tr>
  );
}

export function PastImports() {
  const [loaded, again] = useLoaded(() => read<{ imports: readonly PastImport[] }>('/api/imports'), '');
  return (
    <div class="box scroll">
      <h3>{t('importPast')}</h3>
      <Show loaded={loaded} again={again}>
        {({ imports }) =>
          imports.length === 0 ? (
            <p class="note">{t('importNone')}</p>
          ) : (
            <table class="plain">
              <thead>
                <tr>
                  <th>{t('importFile')}</th>
                  <th>{t('importAt')}</th>
                  <th>{t('importBy')}</th>
                  <th class="n">{t('importFresh')}</th>
                  <th />
                </tr>
              </thead>
              <tbody>
                {imports.map((one) => (
                  <PastRow key={one.batch} one={one} gone={again} />
                ))}
              </tbody>
            </table>
          )
        }
      </Show>
    </div>
  );
}
