/** The frame of the bureau's lists: what they are narrowed by, and a table that scrolls within itself, so that a phone shows the page whole. */
import type { ComponentChildren } from 'preact';
import type { Words } from '../../../words/words.ts';
import { say } from '../../page/language.ts';
import './lists.css';

export const ListFilter = ({ children }: { children: ComponentChildren }) => (
  <div class="field listfilter">{children}</div>
);

/** `days`: columns of figures after the heads. `more`: one more column, for what can be done. */
export function ListTable(props: {
  heads: readonly Words[];
  days?: readonly string[];
  more?: boolean;
  children: ComponentChildren;
}) {
  const { heads, days = [], more = false, children } = props;
  return (
    <div class="scroll">
      <table class="plain listrows">
        <thead>
          <tr>
            {heads.map((title) => (
              <th key={title.en}>{say(title)}</th>
            ))}
            {days.map((day) => (
              <th key={day} class="n">
                {day.slice(5)}
              </th>
            ))}
            {more && <th />}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
