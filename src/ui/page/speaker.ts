/**
 * The page's voice: Web Audio tones made on the spot (no files), driven by the schedule in `tone-schedule`, and on a phone
 * its vibration with them. A browser that blocks sound is said on screen and in the page report; a missed tone is never
 * passed over in silence.
 */
import { computed, signal } from '@preact/signals';
import { may } from '../../core/act/act-roles.ts';
import { audibles, heard, wanting } from '../../core/alarm/sounding.ts';
import type { Alarm, State } from '../../core/types.ts';
import {
  type Calling,
  deaf,
  type Hearing,
  listen,
  localMuteLeft,
  muteLocally,
  staleInPocketMs,
  type Tone,
} from '../../core/view/tone-schedule.ts';
import { base, command, refusal } from './gateway-api.ts';
import { everyTurn, now, stale } from './page-clock.ts';
import { select, you } from './page-feed.ts';
import { flood, openAlarms, ownCall, sentHere } from './views.ts';

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
/** Of full scale, and the wave. A room has loudspeakers that somebody has set; a phone in a pocket has all it can give. */
const voices = {
  room: { volume: 0.35, wave: 'triangle' },
  pocket: { volume: 0.9, wave: 'square' },
} as const;
/** ms on, off, on …: as different in the hand as the tones are in the ear. A phone that cannot vibrate does not have the call. */
const shakes: Readonly<Partial<Record<Tone, number[]>>> = {
  p1: [400, 150, 400, 150, 400],
  p2: [300, 150, 300],
  p3: [300],
  stale: [120, 120, 120],
};

/** Whose ear it is: a room with its loudspeaker, or one guard with his phone. */
export type Ear = 'room' | 'pocket';

export type SoundState = 'running' | 'blocked' | 'none';
export const sound = signal<SoundState>('none');
/** Whole seconds of silence left. */
export const silentSeconds = signal(0);
/** Why the gateway did not silence, for the person who asked. */
export const muteFailure = signal<string | undefined>(undefined);

const audible = select<readonly Alarm[]>(audibles, []);
const waits = computed(() => wanting(audible.value, now.value));
const asked = select<State['silence']>((state) => state.silence, undefined);
const inRoom = computed(() => heard({ silence: asked.value }, audible.value, now.value));
/** What this person was sent to and has not answered; the silence of the control room is not for him. */
const mineToo = computed(() => openAlarms.value.filter((a) => sentHere(a) && !a.accepted && !a.arrived && !a.covert));
const ear = signal<Ear>('room');
const calling = computed(() => {
  if (ear.value === 'room') return inRoom.value;
  return [...inRoom.value, ...mineToo.value.filter((a) => !inRoom.value.includes(a))].filter((a) => !ownCall(a));
});
const mayHush = computed(() => you.value !== undefined && may(you.value.role, 'silence'));
/** Whether there is anything that this person may silence. */
export const noisy = computed(() => stale.value || (mayHush.value && waits.value.length > 0));

let context: AudioContext | undefined;
let hearing: Hearing = deaf;
/** Whether a person has touched the page: before that a browser refuses to vibrate. */
let touched = false;

/** Starts listening to the feed and sounding. Pages without this stay silent, and so does a copy of the school: it rings where somebody can go and look. */
export function speakUp(whose: Ear = 'room'): void {
  if (base !== '') return;
  ear.value = whose;
  if (typeof AudioContext !== 'undefined') {
    context = new AudioContext();
    context.onstatechange = note;
    const wake = () => {
      const was = sound.peek();
      void context?.resume().then(() => {
        note();
        // Whoever has just turned it on hears that he has.
        if (was === 'blocked' && sound.peek() === 'running' && ear.peek() === 'pocket') utter('recovered', 0);
      }, note);
    };
    for (const touch of ['keydown', 'pointerdown', 'touchend']) addEventListener(touch, wake);
    document.addEventListener('visibilitychange', wake);
  }
  for (const touch of ['keydown', 'click'])
    addEventListener(touch, () => {
      touched = true;
    });
  note();
  everyTurn(turn);
}

/** Sounds and shakes once as for the most urgent, so that a person knows before the night that he will hear it. */
export function tryOut(): void {
  touched = true;
  if (context === undefined || context.state === 'running') return utter('p1', 0);
  void context.resume().then(() => utter('p1', 0), note);
}

/** Silences what sounds now, for everybody; while the gateway cannot be asked, this room alone. */
export function silence(): void {
  if (!noisy.peek()) return;
  muteFailure.value = undefined;
  if (stale.peek()) {
    hearing = muteLocally(hearing, performance.now());
    turn();
    return;
  }
  command({ do: 'silence' }).then(turn, (refused) => {
    muteFailure.value = refusal(refused);
  });
}

function note(): void {
  sound.value = context === undefined ? 'none' : context.state === 'running' ? 'running' : 'blocked';
}

/** ms until sound comes back; 0 when something sounds in spite of the silence, or nothing was to be heard anyway. */
function silenceLeft(at: number): number {
  if (stale.peek()) return localMuteLeft(hearing, true, at);
  const quiet = asked.peek();
  const broken = calling.peek().length > 0 || waits.peek().length === 0;
  return quiet && !broken ? Math.max(0, quiet.until - now.peek()) : 0;
}

const asCalling = (alarm: Alarm): Calling => ({
  id: alarm.id,
  priority: alarm.priority,
  over: alarm.causes.length === 0,
});

function turn(): void {
  note();
  const at = performance.now();
  const { next, tone, gainDb } = listen(
    hearing,
    {
      calling: calling.peek().map(asCalling),
      stale: stale.peek(),
      flood: flood.peek() !== undefined,
      ...(ear.peek() === 'pocket' && { staleEveryMs: staleInPocketMs }),
    },
    at,
  );
  hearing = next;
  silentSeconds.value = Math.ceil(silenceLeft(at) / 1000);
  if (calling.peek().length === 0) muteFailure.value = undefined;
  if (tone) utter(tone, gainDb ?? 0);
}

function utter(tone: Tone, gainDb: number): void {
  if (context?.state === 'running') play(context, tone, gainDb);
  const shake = ear.peek() === 'pocket' ? shakes[tone] : undefined;
  if (shake && touched) navigator.vibrate?.(shake);
}

function play(audio: AudioContext, tone: Tone, gainDb: number): void {
  let from = audio.currentTime + 0.02;
  const { volume: normal, wave } = voices[ear.peek()];
  const level = Math.min(1, normal * 10 ** (gainDb / 20));
  for (const [hz, ms] of notes[tone]) {
    const to = from + ms / 1000;
    const voice = audio.createOscillator();
    const volume = audio.createGain();
    voice.type = wave;
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
