/**
 * Tables of docs/channels.md, channel by fault: what stands there has to be what comes out. Every verdict in a cell is looked at once more:
 * it names its channel in both languages, and says nothing of the other side.
 */
import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import type { Verdict } from '../../src/perform/sending/channel.ts';

/** As it stands in a cell. */
export function shown(verdict: Verdict): string {
  const reasons = verdict.is === 'told' ? (verdict.unreached ?? []).map(({ why }) => why) : [verdict.why];
  for (const { zh, en } of reasons) {
    for (const said of [zh, en]) expect(said).toMatch(/duty|group/);
    // That something may have arrived is said, and of nothing that never left.
    expect(/may have|may still/.test(en)).toBe(verdict.is === 'unknown');
    expect(`${zh}${en}`).not.toMatch(/babble|127\.0\.0\.1/);
  }
  if (verdict.is === 'told') {
    const left = verdict.unreached?.length ?? 0;
    if (left > 0) return `told, ${left} not reached`;
    return verdict.lacking ? 'told, picture lacking' : 'told';
  }
  if (verdict.is === 'refused') return `refused ${verdict.code}`;
  if (verdict.is !== 'too-fast' || verdict.retryAfterMs === undefined) return verdict.is;
  const { retryAfterMs } = verdict;
  return `too-fast, ${retryAfterMs < 60_000 ? `${retryAfterMs / 1_000} s` : `${retryAfterMs / 60_000} min`}`;
}

/** The documentation holds this table. */
export async function isDocumented(columns: readonly string[], rows: readonly (readonly string[])[]): Promise<void> {
  const lines = [
    `| | ${columns.map((one) => `\`${one}\``).join(' | ')} |`,
    `| ${['', ...columns].map(() => '---').join(' | ')} |`,
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ];
  expect(await readFile(new URL('../../docs/channels.md', import.meta.url), 'utf8')).toContain(lines.join('\n'));
}
