/**
 * Who is logged in at the bureau, and the district's time. It asks every two minutes, which also keeps the session alive while somebody
 * works on a page that asks nothing else. It must never show anybody as logged in after the district said that he is not.
 */
import { computed, signal } from '@preact/signals';
import type { DistrictRight, DistrictRole } from '../../district/board/district-rights.ts';
import { mayDistrict } from '../../district/board/district-rights.ts';
import type { Words } from '../../words/words.ts';
import { read } from '../page/gateway-api.ts';

const ASK_EVERY_MS = 120_000;

/** What `/api/me` of the district answers. */
export interface OfficerHere {
  readonly name: string;
  /** As schools read it. */
  readonly shown: string;
  readonly role: DistrictRole;
  /** Empty: all. */
  readonly streets: readonly string[];
  readonly district: Words;
  /** Minutes east of UTC. */
  readonly utcOffsetMin: number;
  /** The district's time, ms since 1970. */
  readonly now: number;
}

/** An address of the bureau's own, on every page of it: those of a school's copy ask below the school otherwise. */
export const atBureau = (path: string): string => `${location.origin}${path}`;

/** Undefined until the district has answered. */
export const officer = signal<OfficerHere | undefined>(undefined);
const turned = signal(0);
let heardAt = 0;

/** The district's time, ms, in steps of a minute; 0 before the first answer. */
export const officerNow = computed(() => {
  turned.value;
  return officer.value ? officer.value.now + performance.now() - heardAt : 0;
});

/** Whether whoever is logged in may do this; nobody may before the district has answered. */
export const mayHere = (right: DistrictRight): boolean =>
  officer.value !== undefined && mayDistrict(officer.value.role, right);

async function ask(): Promise<void> {
  const found = await read<OfficerHere>(atBureau('/api/me')).catch(() => undefined);
  if (!found) return;
  heardAt = performance.now();
  officer.value = found;
}

/** Begins to ask; once per page. A page without a log-in leads to the log-in. */
export function keepOfficer(): void {
  void ask();
  setInterval(() => void ask(), ASK_EVERY_MS);
  setInterval(() => {
    turned.value++;
  }, 60_000);
}
