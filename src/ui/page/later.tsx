/**
 * Each page but the log-in comes as a script of its own, so that a phone does not wait for what a wall or a desk shows. Until it
 * is there, or when it cannot be had, that is said.
 */
import type { ComponentType } from 'preact';
import { Show, useLoaded } from './page-frame.tsx';

/** A page that is loaded when it is first shown. */
export function later(load: () => Promise<ComponentType>): ComponentType {
  return () => {
    const [loaded, again] = useLoaded(load, load);
    return (
      <Show loaded={loaded} again={again}>
        {(Page) => <Page />}
      </Show>
    );
  };
}
