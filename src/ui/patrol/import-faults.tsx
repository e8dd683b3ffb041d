/**
 * The rows of a file that cannot be read, each with its place and what was expected there. It must never look like a warning
 * that may be passed over: while there is one, nothing of the file is taken in.
 */
import { columnNames } from '../../words/baton/baton-words.ts';
import { say } from '../page/language.ts';
import { t } from '../text/import-language.ts';
import type { FilePreview } from './import-preview.ts';

const nameOf = (column: string): string =>
  column in columnNames ? say(columnNames[column as keyof typeof columnNames]) : column;

export function ImportFaults({ preview: { faults, faultCount } }: { preview: FilePreview }) {
  return (
    <div class="box scroll" role="alert">
      <h3 class="flag">{t('importFaults', { n: faultCount })}</h3>
      <table class="plain">
        <thead>
          <tr>
            <th class="n">{t('importRow')}</th>
            <th>{t('importColumn')}</th>
            <th>{t('importWhy')}</th>
          </tr>
        </thead>
        <tbody>
          {faults.map(({ row, sheet, column, why }) => (
            <tr key={`${sheet} ${row}`}>
              <td class="n">{sheet === undefined ? row : `${sheet} · ${row}`}</td>
              <td>{nameOf(column)}</td>
              <td>{say(why)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {faultCount > faults.length && <p class="note">{t('importMore', { n: faultCount - faults.length })}</p>}
    </div>
  );
}
