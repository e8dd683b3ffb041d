/**
 * What the bureau's wall and its map stand in: a screen of fixed shape with a head, which moves a little now and then; and what keeps a page
 * in step with the board while it is shown. It must never show a tile itself.
 */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { everyTurn } from '../../page/page-clock.ts';
import { shifted, shiftPixels } from '../../wall/pixel-shift.ts';
import { BoardHead } from './board-head.tsx';
import { keepOrder, narrow } from './board-view.ts';
import { followBoard, unsure } from './live-feed.ts';
import './board-frame.css';

/** Follows the board while the page is there; `true` where it is a list. */
export function useBoard(): boolean {
  // Before the first picture, so that nothing of the board is missed.
  useLayoutEffect(() => {
    followBoard();
    const stops = [keepOrder(), everyTurn(shiftPixels)];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  const list = narrow.value;
  useLayoutEffect(() => {
    document.documentElement.dataset.board = list ? 'list' : 'wall';
  }, [list]);
  return list;
}

export function BoardFrame({ of, children }: { of: 'tiles' | 'map'; children: ComponentChildren }) {
  return (
    <main class={`district-wall of-${of} ${unsure.value ? 'is-stale' : ''}`}>
      <div class="district-grid" style={shifted()}>
        <BoardHead />
        {children}
      </div>
    </main>
  );
}
