/**
 * The time line of an incident as it is printed: both languages, each record with its number, and the checkpoint as a QR code. Plain data,
 * so that it goes to the thread that prints.
 */
import { localSecond } from '../../core/site/calendar.ts';
import type { Event, Site, Words } from '../../core/types.ts';
import { factSentence } from '../../words/fact-sentences.ts';
import { caseProof, stillStates } from '../../words/proof/case-words.ts';
import type { CaseFile } from './case-gather.ts';
import { caseNames, raisedTitle } from './case-names.ts';

export interface CaseSheet {
  readonly school: Words;
  readonly incident: number;
  readonly made: string;
  readonly alarms: readonly {
    readonly id: number;
    readonly title: Words;
    readonly at: string;
    readonly priority: number;
  }[];
  readonly rows: readonly { readonly seq: number; readonly at: string; readonly told: Words }[];
  readonly stills: readonly { readonly name: string; readonly sha256: string; readonly said: Words }[];
  readonly note: string;
  readonly proof: Words;
}

/** The alarm a fact speaks of; 0 where it is none. */
function alarmOf(fact: Event): number {
  if (fact.kind === 'raised') return fact.seq;
  if (fact.kind === 'done') return Number(fact.duty.split('/')[1]);
  return 'alarm' in fact && typeof fact.alarm === 'number' ? fact.alarm : 0;
}

export function caseSheet(site: Site, { incident, raised, facts, stills, signed }: CaseFile, now: number): CaseSheet {
  const names = caseNames(site, raised);
  const local = (at: number) => localSecond(at, site.utcOffsetMin);
  const several = raised.size > 1;
  const rows = facts.flatMap((fact) => {
    const said = factSentence(fact, names);
    if (!said) return [];
    const alarm = alarmOf(fact);
    const title = several && raised.has(alarm) ? `#${alarm} ` : '';
    return [{ seq: fact.seq, at: local(fact.at), told: { zh: `${title}${said.zh}`, en: `${title}${said.en}` } }];
  });
  return {
    school: site.name,
    incident,
    made: local(now),
    alarms: [...raised.values()].map((fact) => ({
      id: fact.seq,
      title: raisedTitle(site, fact),
      at: local(fact.sourceTime ?? fact.at),
      priority: fact.priority,
    })),
    rows,
    stills: stills.map(({ name, sha256 = '', state }) => ({ name, sha256, said: stillStates[state] })),
    note: signed.note,
    proof: caseProof(signed.size, signed.vkey.split('+')[1] ?? ''),
  };
}
