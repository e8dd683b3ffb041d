/**
 * Text that is never cut off: what is too wide for its place is drawn narrower, at its full height, since height is what carries across a
 * room. It must never leave anything out.
 */
import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

const resized = signal(0);
addEventListener('resize', () => {
  resized.value++;
});

/** One line as wide as its place; `said` names its contents, so that it is measured again when they change. */
export function FitLine({ said, class: name, children }: { said: string; class: string; children: ComponentChildren }) {
  const line = useRef<HTMLSpanElement>(null);
  const size = resized.value;
  useLayoutEffect(() => {
    const inner = line.current;
    const outer = inner?.parentElement;
    if (!inner || !outer) return;
    inner.style.transform = '';
    const { width } = inner.getBoundingClientRect();
    const room = outer.getBoundingClientRect().width;
    if (width > room) inner.style.transform = `scaleX(${room / width})`;
  }, [said, size]);
  return (
    <span class={`fit ${name}`}>
      <span class="fit-line" ref={line}>
        {children}
      </span>
    </span>
  );
}
