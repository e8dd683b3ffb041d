/**
 * What the gateway answers when a file of a baton is looked at, as the page reads it. Types only.
 */
import type { Words } from '../../core/types.ts';

/** How often a place or a person stands in a file, and what it is called at this school where that is known. */
export interface PreviewCount {
  readonly said: string;
  readonly title?: Words;
  readonly count: number;
}
/** What the gateway found in a file. */
export interface FilePreview {
  readonly batch: string;
  readonly encoding?: string;
  readonly rows: number;
  readonly fresh: number;
  readonly doubled: number;
  readonly from?: number;
  readonly to?: number;
  readonly places: readonly PreviewCount[];
  readonly people: readonly PreviewCount[];
  readonly unread: readonly string[];
  readonly faults: readonly {
    readonly row: number;
    readonly sheet?: string;
    readonly column: string;
    readonly why: Words;
  }[];
  readonly faultCount: number;
  readonly known: boolean;
}
