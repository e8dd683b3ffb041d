/**
 * The page's voice: Web Audio tones made on the spot (no files), driven by the schedule in `sound`. A browser that blocks
 * sound is said on screen and in the page report; a missed tone is never passed over in silence.
 */
import { computed, signal } from '@preact/signals';
import { waiting } from '../core/view.ts';
import { everyTurn, now, stale } from './clock.ts';
import { look } from './feed.ts';
import { deaf, type Hearing, hush, listen, silenceLeft, type Tone, type Waiting } from './sound.ts';

/** Hz, ms and glide of each tone; all between 390 and 1320 Hz, where a hum of fans hides least. */
const notes: Readonly<Record<Tone, readonly (readonly [hz: number, ms: number])[]>> = {
  p1: [
    [660, 200],
    [880, 200],
    [1320, 200],
  ],
  p2: [
    [880, 250],
    [660, 250],
  ],
  p3: [[660, 400]],
  stale: [
    [520, 300],
    [390, 300],
  ],
  recovered: [[780, 250]],
};
const VOLUME = 0.35;

export type SoundState = 'running' | 'blocked' | 'none';
export const sound = signal<SoundState>('none');
/** Whole seconds of silence left. */
export const silentSeconds = signal(0);

const queue = look<readonly Waiting[]>(
  (state) =>
    waiting(state).map((a) => ({ id: a.id, priority: a.priority, raisedAt: a.raisedAt, over: a.causes.length === 0 })),
  [],
);
/** Whether anything could be silenced now. */
export const noisy = computed(() => queue.value.length > 0 || stale.value);

let context: AudioContext | undefined;
let hearing: Hearing = deaf;

/** Starts listening to the feed and sounding. Pages without this stay silent. */
export function speakUp(): void {
  if (typeof AudioContext === 'undefined') return;
  context = new AudioContext();
  context.onstatechange = note;
  note();
  const wake = () => void context?.resume().then(note, note);
  addEventListener('keydown', wake);
  addEventListener('pointerdown', wake);
  everyTurn(turn);
}

/** Silences what sounds now for two minutes. */
export function silence(): void {
  if (!noisy.peek()) return;
  hearing = hush(hearing, queue.peek(), stale.peek(), performance.now());
  turn();
}

function note(): void {
  sound.value = context?.state === 'running' ? 'running' : 'blocked';
}

function turn(): void {
  note();
  const at = performance.now();
  const { next, tone, gainDb } = listen(hearing, queue.peek(), stale.peek(), at, now.peek());
  hearing = next;
  silentSeconds.value = noisy.peek() ? Math.ceil(silenceLeft(hearing, queue.peek(), stale.peek(), at) / 1000) : 0;
  if (tone && context?.state === 'running') play(context, tone, gainDb ?? 0);
}

function play(audio: AudioContext, tone: Tone, gainDb: number): void {
  let from = audio.currentTime + 0.02;
  const level = Math.min(1, VOLUME * 10 ** (gainDb / 20));
  for (const [hz, ms] of notes[tone]) {
    const to = from + ms / 1000;
    const voice = audio.createOscillator();
    const volume = audio.createGain();
    voice.type = 'triangle';
    voice.frequency.value = hz;
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(level, from + 0.015);
    volume.gain.setValueAtTime(level, to - 0.03);
    volume.gain.linearRampToValueAtTime(0, to);
    voice.connect(volume).connect(audio.destination);
    voice.onended = () => volume.disconnect();
    voice.start(from);
    voice.stop(to);
    from = to;
  }
}
