/** Posts in a patrol report: the figures of one or of all, and their table. It shows what the tally gives, in one language. */
import { postHeads, postStandings } from '../../words/post/post-words.ts';
import { auditTables } from '../../words/screens/audit-words.ts';
import type { Words } from '../../words/words.ts';
import { lookup } from '../site/lookup.ts';
import type { Site } from '../types.ts';
import { minutes, share } from './audit-counts.ts';
import type { AuditPosts } from './audit-types.ts';

interface PostFigure {
  readonly title: Words;
  readonly kind: 'count' | 'minutes' | 'share';
  readonly value: number | undefined;
}

/** What is said of posts, of one or of all. */
export function postFigures(all: readonly AuditPosts[]): readonly PostFigure[] {
  const sum = (of: (one: AuditPosts) => number) => all.reduce((total, one) => total + of(one), 0);
  const [due, manned] = [sum((one) => one.due), sum((one) => one.manned)];
  return [
    { title: postHeads.due, kind: 'count', value: due },
    { title: postHeads.manned, kind: 'count', value: manned },
    { title: postHeads.rate, kind: 'share', value: share(manned, due) },
    { title: postStandings['short-handed'], kind: 'count', value: sum((one) => one.short) },
    { title: postStandings.unmanned, kind: 'count', value: sum((one) => one.unmanned) },
    { title: postHeads.unheard, kind: 'count', value: sum((one) => one.unheard) },
    { title: postHeads.open, kind: 'count', value: sum((one) => one.open) },
    { title: postHeads.shortMin, kind: 'minutes', value: minutes(sum((one) => one.shortMs)) },
  ];
}

/** Every post. */
export function postsTable(
  all: readonly AuditPosts[],
  { posts = {} }: Pick<Site, 'posts'>,
  say: (words: Words) => string,
) {
  const name = (id: string) => {
    const post = lookup(posts, id);
    return post ? say(post.title) : id;
  };
  const figures = postFigures([]).map(({ title, kind }) => ({ title: say(title), kind, width: 11 }));
  return {
    id: 'posts' as const,
    title: say(auditTables.posts),
    columns: [{ title: say(postHeads.post), kind: 'text' as const, width: 16 }, ...figures],
    rows: all.map((one) => [name(one.id), ...postFigures([one]).map(({ value }) => value)]),
  };
}
