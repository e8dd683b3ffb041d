/**
 * Today's posts on the patrol board: place, time, how many are there of how many, who, and how it stands. It shows what the gateway
 * said; while the page hears nothing it shows no standing at all.
 */
import { lacking, type PostRow } from '../../core/view/view-posts.ts';
import { postBoard } from '../../words/post/post-page-words.ts';
import { postHeads, postStandings } from '../../words/post/post-words.ts';
import { hm } from '../page/format.ts';
import { say } from '../page/language.ts';
import { stale } from '../page/page-clock.ts';
import { site } from '../page/page-feed.ts';
import { offset, posts } from '../page/views.ts';

const nameOf = (id: string): string => site.value?.people[id]?.name ?? id;

function standingOf(row: PostRow): string {
  if (row.phase === 'ahead' || row.phase === 'provisional') return say(postBoard[row.phase]);
  if (row.standing === undefined || (row.phase === 'open' && stale.value)) return '—';
  return say(postStandings[row.standing]);
}

function Post({ row }: { row: PostRow }) {
  const known = row.standing !== undefined && !(row.phase === 'open' && stale.value);
  return (
    <tr>
      <td>
        {hm(row.from, offset.value)}–{hm(row.until, offset.value)}
      </td>
      <td>
        <b>{say(row.title)}</b>
      </td>
      <td class="n">
        {known ? row.there : '—'} / {row.persons}
      </td>
      <td>{known && row.people.length > 0 ? row.people.map(nameOf).join(' ') : '—'}</td>
      <td>{known && lacking(row) ? <span class="flag">{standingOf(row)}</span> : standingOf(row)}</td>
    </tr>
  );
}

export function Posts() {
  if (posts.value.length === 0) return null;
  return (
    <section class="box scroll hatch2 posts">
      <h2>{say(postBoard.title)}</h2>
      <table class="plain">
        <thead>
          <tr>
            <th>{say(postBoard.time)}</th>
            <th>{say(postHeads.post)}</th>
            <th class="n">{say(postBoard.there)}</th>
            <th>{say(postBoard.people)}</th>
            <th>{say(postBoard.standing)}</th>
          </tr>
        </thead>
        <tbody>
          {posts.value.map((row) => (
            <Post key={row.id} row={row} />
          ))}
        </tbody>
      </table>
      <p class="note">{say(postBoard.note)}</p>
    </section>
  );
}
