/** A viewer that counts what it is shown, for tests of live video. It reads as fast as it is told, unless it is held. */
import type { VideoKind } from '../../src/video/codec-name.ts';
import type { VideoViewer } from '../../src/video/live-stream.ts';
import type { Words } from '../../src/words/words.ts';

export class Watching implements VideoViewer {
  waiting = 0;
  kinds: VideoKind[] = [];
  begins: Buffer[] = [];
  fragments: Buffer[] = [];
  /** What a browser would be given for one source, in pieces: from each beginning to the next. */
  sources: Buffer[][] = [];
  why: Words[] = [];
  slow = 0;

  begin(kind: VideoKind, bytes: Buffer): void {
    this.kinds.push(kind);
    this.begins.push(bytes);
    this.sources.push([bytes]);
  }
  fragment(bytes: Buffer): void {
    this.fragments.push(bytes);
    this.sources.at(-1)?.push(bytes);
  }
  broken(why: Words): void {
    this.why.push(why);
  }
  tooSlow(): void {
    this.slow++;
  }
}
