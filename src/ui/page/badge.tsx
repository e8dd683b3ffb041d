/**
 * An alarm's mark: shape, digit and fill say the priority three times over, so that colour is never alone.
 */
import type { Priority } from '../../core/types.ts';

const shapes: Readonly<Record<Priority, string>> = {
  1: 'M12 2 23 22H1z',
  2: 'M12 1 23 12 12 23 1 12z',
  3: 'M12 2a10 10 0 1 0 .01 0z',
  4: 'M12 3a9 9 0 1 0 .01 0z',
};

/** Filled and ringed while it waits for somebody, outlined once acknowledged. */
export function Badge({ priority, acked }: { priority: Priority; acked: boolean }) {
  const hollow = priority === 4;
  return (
    <span class={`mark of${priority}`}>
      <span class={`badge p${priority} ${acked ? 'acked' : ''}`}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d={shapes[priority]} fill={hollow ? 'none' : 'currentColor'} stroke="currentColor" stroke-width="2" />
        </svg>
        {priority}
      </span>
      {acked ? null : <i class="halo" />}
    </span>
  );
}
