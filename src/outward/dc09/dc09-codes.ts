/**
 * What kinds of alarms are called in the two languages of alarm receiving centres: SIA DC-03 letters and Contact ID (DC-05) numbers. Data,
 * and how a line is written with it. Only what the gateway knows stands here: no code is sent that says more than the alarm does.
 */
import type { AlarmKind } from '../../core/types.ts';

/** `sia` and `over`: letters of the alarm and of its end; `cid`: event number, 1xxx when it begins and 3xxx when it is over. */
export interface CentreCode {
  readonly sia: string;
  readonly over: string;
  readonly cid: string;
}

const code = (sia: string, over: string, cid: string): CentreCode => ({ sia, over, cid });
/** Somebody at the fence: burglary, perimeter (131). */
const perimeter = code('BA', 'BR', '131');
/** What a fence says of itself: burglary trouble; sensor trouble. */
const sensor = code('BT', 'BJ', '380');
/** What people did not do: no alarm of a device. 602, periodic test, would be a lie; 654 is system inactivity. */
const duty = code('UT', 'UR', '654');

export const centreCodes: Readonly<Record<AlarmKind, CentreCode>> = {
  climb: perimeter,
  pull: perimeter,
  cut: perimeter,
  slack: sensor,
  static: sensor,
  drift: sensor,
  weather: sensor,
  intrusion: code('BA', 'BR', '130'),
  motion: code('BA', 'BR', '130'),
  unwatched: code('UT', 'UR', '570'),
  tamper: code('TA', 'TR', '137'),
  masked: code('TA', 'TR', '137'),
  sos: code('PA', 'PR', '120'),
  police: code('PA', 'PR', '120'),
  duress: code('HA', 'HR', '121'),
  power: code('AT', 'AR', '301'),
  fault: code('ET', 'ER', '330'),
  comms: code('YC', 'YK', '350'),
  missed: duty,
  order: duty,
  'short-handed': duty,
  upkeep: duty,
  overdue: duty,
  fire: code('FA', 'FR', '110'),
  gas: code('GA', 'GR', '151'),
  water: code('WA', 'WR', '154'),
  temperature: code('KA', 'KR', '158'),
  hygiene: code('UA', 'UR', '150'),
};
/** Setting and unsetting of an area: closing, opening; by a user (401). */
export const settingCodes = { closing: 'CL', opening: 'OP', cid: '401' } as const;

export type CentreLanguage = 'SIA-DCS' | 'ADM-CID';

/** One thing to tell a centre. */
export interface CentreEvent {
  readonly code: CentreCode | 'setting';
  /** It begins, or an area was unset (opening); false: it is over, or an area was set (closing). */
  readonly begins: boolean;
  /** Number of the zone painted on the fence; 0 where it is of none. */
  readonly zone: number;
  /** Number of the area; 0 where it is of none. */
  readonly area: number;
}

const digits = (value: number, places: number) => String(Math.min(value, 10 ** places - 1)).padStart(places, '0');

/** What stands between the brackets. */
export function centreData(
  language: CentreLanguage,
  account: string,
  { code, begins, zone, area }: CentreEvent,
): string {
  if (language === 'ADM-CID') {
    const cid = code === 'setting' ? settingCodes.cid : code.cid;
    return `#${account}|${begins ? 1 : 3}${cid} ${digits(area, 2)} ${digits(zone, 3)}`;
  }
  const setting = begins ? settingCodes.opening : settingCodes.closing;
  const letters = code === 'setting' ? setting : begins ? code.sia : code.over;
  return `#${account}|Nri${area}/${letters}${zone > 0 ? digits(zone, 3) : ''}`;
}
