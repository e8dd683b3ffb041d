/**
 * The facts of an alarm's life in words, one line each. A fact that this page has no words for is left out, never guessed.
 */
import { deciderOf } from '../../core/site/detection-keys.ts';
import type { Event, Fact } from '../../core/types.ts';
import { roles } from '../../words/trade-words.ts';
import { hm } from '../page/format.ts';
import { half, type Key, say, t } from '../page/language.ts';
import { site } from '../page/page-feed.ts';
import { closed, offset, openAlarms } from '../page/views.ts';
import { titleOf } from './alarm-text.ts';
import { causeText } from './detection-text.ts';
import { answerText, joiningText, reasonText, whoText } from './handling-text.ts';

type Of<K extends Fact['kind']> = Extract<Event, { kind: K }>;

const pageNames: Readonly<Record<string, Key>> = { wall: 'navWall', console: 'navConsole', m: 'navPhone' };

/** The name of a page an alarm was painted on. */
export function pageText(page: string): string {
  const key = pageNames[page];
  return key ? t(key) : page;
}

const alarmOf = (id: number) => openAlarms.value.find((a) => a.id === id) ?? closed.value.find((a) => a.id === id);

function titleOfId(id: number): string {
  const alarm = alarmOf(id);
  return alarm ? titleOf(alarm) : t('alarmNo', { n: id });
}

/** The device a cause is of; the gateway's own detection felt the wires of the device the alarm is of. */
function tellingOf(cause: string, id: number): string {
  return (deciderOf(cause) === 'device' ? cause.split('/')[0] : alarmOf(id)?.device) ?? '';
}

function answered(event: Of<'answered'>): string {
  const step = site.value?.procedures[event.procedure]?.steps[event.step];
  const holes = { by: whoText(event.by), n: event.step + 1, ask: step ? say(step.ask) : '' };
  if (event.skip !== undefined) return t('tlSkipped', { ...holes, why: event.skip });
  return t('tlAnswered', { ...holes, answer: answerText(event.value, step?.answer ?? 'done') });
}

function escalated(event: Of<'escalated'>): string {
  const to = [...event.roles.map((role) => say(roles[role])), ...event.channels].join(t('listComma'));
  return t('tlEscalated', {
    n: event.level,
    why: t(event.why === 'not-displayed' ? 'whyUnpainted' : 'whyUnacked'),
    to,
  });
}

const unshelvings = {
  hand: 'tlUnshelvedHand',
  time: 'tlUnshelvedTime',
  'returned-to-normal': 'tlUnshelvedReturned',
  worse: 'tlUnshelvedWorse',
  closed: 'tlUnshelvedClosed',
} as const;

function shelved(event: Of<'shelved'>): string {
  const time = hm(event.until, offset.value);
  return t(event.once ? 'tlShelvedOnce' : 'tlShelved', { by: whoText(event.by), time, reason: event.reason });
}

/** A duty that was done or not: the picture, or a message by its channel (`notify/7/1/wecom`). */
function done(event: Of<'done'>): string | undefined {
  const [kind, , ...rest] = event.duty.split('/');
  const why = half(event.why ?? '');
  if (kind === 'snapshot') return event.ok ? t('tlPicture') : t('tlPictureFailed', { why });
  if (kind !== 'notify') return undefined;
  const channel = rest.at(-1) ?? '';
  return event.ok ? t('tlSent', { channel }) : t('tlNotSent', { channel, why });
}

/** What somebody did who has a name; undefined for facts of the gateway's own. */
function byPerson(event: Event): string | undefined {
  switch (event.kind) {
    case 'acknowledged':
      return t('tlAcknowledged', { by: whoText(event.by) });
    case 'dispatched':
      return t('tlDispatched', { by: whoText(event.by), to: whoText(event.to) });
    case 'accepted':
      return t('tlAccepted', { by: whoText(event.by) });
    case 'arrived':
      return t(event.how === 'scan' ? 'tlArrivedScan' : 'tlArrived', { by: whoText(event.by) });
    case 'disposed':
      return withNote(t('tlDisposed', { by: whoText(event.by), reason: reasonText(event.reason) }), event.note);
    case 'closed':
      return withNote(t('tlClosed', { by: whoText(event.by), reason: reasonText(event.reason) }), event.note);
    case 'noted':
      return t('tlNoted', { by: whoText(event.by), text: event.text });
    case 'displayed':
      return t('tlSeen', { by: whoText(event.by), page: pageText(event.page) });
    case 'silenced':
      return t('tlSilenced', { by: whoText(event.by), time: hm(event.until, offset.value) });
    case 'shelved':
      return shelved(event);
    case 'unshelved':
      return t(unshelvings[event.why], { by: whoText(event.by) });
    case 'answered':
      return answered(event);
    default:
      return undefined;
  }
}

const withNote = (text: string, note: string | undefined) =>
  note === undefined ? text : t('withNote', { text, note });

/** One fact of the life of the alarm `id` as a line; undefined where there are no words for it. */
export function factText(event: Event, id: number): string | undefined {
  switch (event.kind) {
    case 'raised':
      return t('tlRaised', { what: causeText(event.device, event.cause) });
    case 'repeated':
      return t('tlRepeated', { what: causeText(event.device, event.cause) });
    case 'returned-to-normal':
      return t('tlReturned', { what: causeText(tellingOf(event.cause, id), event.cause) });
    case 'escalated':
      return escalated(event);
    case 'joined': {
      const own = event.alarm === id;
      if (event.why === 'apart') return own ? joiningText(event.why) : undefined;
      const title = titleOfId(own ? event.incident : event.alarm);
      return t(own ? 'tlJoined' : 'tlJoinedBy', { title, why: joiningText(event.why) });
    }
    case 'done':
      return done(event);
    default:
      return byPerson(event);
  }
}
