/**
 * Pages that are large and opened by few come as a script of their own, so that a wall or a phone does not wait for them. Until it
 * is there, or when it cannot be had, that is said.
 */
import type { ComponentType } from 'preact';
import { Show, useLoaded } from './page/page-frame.tsx';

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
