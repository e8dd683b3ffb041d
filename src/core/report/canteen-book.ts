/**
 * The report of a canteen as tables in one language: cameras and coverage, online rate, events by kind and area, the ledger, samples, check
 * lists, sensors beyond their limits. Cells hold values, so that each format writes them as it likes. It takes facts and records as they
 * are and must never judge anything anew.
 */
import { areaUses } from '../../words/canteen/list-words.ts';
import { rectifySources, rectifyStages } from '../../words/canteen/rectify-words.ts';
import { canteenReportWords as w } from '../../words/canteen/report-words.ts';
import { kinds } from '../../words/trade-words.ts';
import type { Words } from '../../words/words.ts';
import { sampleKeptMs } from '../canteen/lists.ts';
import { canteenAreaOf } from '../rectify/propose.ts';
import { lookup } from '../site/lookup.ts';
import type { AlarmKind, Rectification, Site, Time } from '../types.ts';
import type { AuditCell, AuditColumn, AuditLang } from './audit-book.ts';
import type { CanteenBook, CanteenEvent, CanteenFound, CanteenTable } from './canteen-book-types.ts';
import type { OnlineShare } from './online-types.ts';

type BookSite = Pick<Site, 'canteen' | 'devices'>;
type Heads = readonly (readonly [words: Words, kind: AuditColumn['kind'], width: number])[];

const minutes = (ms: number): number => Math.round(ms / 6_000) / 10;
const rateOf = ({ rate }: Pick<OnlineShare, 'rate'>): AuditCell =>
  rate === null ? undefined : Math.floor(rate * 1_000) / 1_000;

/** The middle one; of an even number the lower of the two. */
function median(all: readonly number[]): number | undefined {
  return [...all].sort((a, b) => a - b)[Math.floor((all.length - 1) / 2)];
}

function summed(all: readonly OnlineShare[]): OnlineShare {
  const sum = (of: (one: OnlineShare) => number) => all.reduce((total, one) => total + of(one), 0);
  const [seenMs, unseenMs] = [sum((one) => one.seenMs), sum((one) => one.unseenMs)];
  const rest = { unknownMs: sum((one) => one.unknownMs), outsideMs: sum((one) => one.outsideMs), unseen: {} };
  return { seenMs, unseenMs, ...rest, rate: seenMs + unseenMs > 0 ? seenMs / (seenMs + unseenMs) : null };
}

class CanteenWriter {
  readonly #site: BookSite;
  readonly #lang: AuditLang;
  readonly #found: CanteenFound;

  constructor(site: BookSite, lang: AuditLang, found: CanteenFound) {
    this.#site = site;
    this.#lang = lang;
    this.#found = found;
  }

  #say = (words: Words): string => words[this.#lang];

  #table(title: Words, heads: Heads, rows: CanteenTable['rows']): CanteenTable {
    const columns = heads.map(([words, kind, width]) => ({ title: this.#say(words), kind, width }));
    return { title: this.#say(title), columns, rows };
  }

  #cameras() {
    const own = new Set(Object.values(this.#site.canteen?.areas ?? {}).flatMap(({ cameras }) => cameras));
    return this.#found.online.cameras.filter(({ id }) => own.has(id));
  }

  summary(): CanteenTable {
    const { ledger } = this.#found;
    const of = (fits: (one: Rectification) => boolean) => ledger.filter(fits).length;
    const canteen = this.#site.canteen;
    const rate = rateOf(summed(this.#cameras().map(({ whole }) => whole)));
    const figures: readonly (readonly [Words, string | number | undefined])[] = [
      [w.schoolRate, typeof rate === 'number' ? `${(rate * 100).toFixed(1)}%` : undefined],
      [w.opened, of(({ opened }) => opened !== undefined)],
      [w.proposed, of(({ source }) => source.from !== 'hand' && source.from !== 'drill')],
      [w.countersigned, of(({ stage }) => stage === 'countersigned')],
      [w.open, of(({ over }) => over === undefined)],
      [w.overdue, of(({ overdueTimes }) => overdueTimes > 0)],
      [w.repeated, of(({ times }) => times > 1)],
      [w.dismissed, of(({ stage }) => stage === 'dismissed')],
      [w.withdrawn, of(({ stage }) => stage === 'withdrawn')],
      [w.recordDays, canteen?.recordDays],
      [w.recordRule, canteen && this.#say(canteen.recordRule)],
      [w.recordHeld, this.#say(w.notAsked)],
    ];
    const rows = figures.map(([words, value]) => [this.#say(words), value === undefined ? undefined : String(value)]);
    return this.#table(
      w.summary,
      [
        [w.figure, 'text', 26],
        [w.value, 'text', 40],
      ],
      rows,
    );
  }

  coverage(): CanteenTable {
    const online = new Map(this.#cameras().map((camera) => [camera.id, camera.whole]));
    const rows = Object.values(this.#site.canteen?.areas ?? {}).map(({ title, use, cameras }) => {
      const whole = summed(cameras.flatMap((id) => online.get(id) ?? []));
      const spans = [whole.unseenMs, whole.unknownMs].map(minutes);
      return [this.#say(title), this.#say(areaUses[use]), cameras.length, rateOf(whole), ...spans];
    });
    const heads: Heads = [
      ...([
        [w.area, 'text', 18],
        [w.use, 'text', 18],
        [w.cameras, 'count', 8],
      ] as const),
      ...([
        [w.rate, 'share', 10],
        [w.unseenMin, 'minutes', 12],
        [w.unknownMin, 'minutes', 14],
      ] as const),
    ];
    return this.#table(w.coverage, heads, rows);
  }

  online(): CanteenTable {
    const rows = this.#cameras().flatMap(({ title, parts }) =>
      parts.map((part) => [
        ...[this.#say(title), part.day, rateOf(part)],
        ...[part.seenMs, part.unseenMs, part.unknownMs].map(minutes),
      ]),
    );
    const heads: Heads = [
      ...([
        [w.camera, 'text', 20],
        [w.from, 'day', 11],
        [w.rate, 'share', 10],
      ] as const),
      ...([
        [w.seenMin, 'minutes', 12],
        [w.unseenMin, 'minutes', 12],
        [w.unknownMin, 'minutes', 14],
      ] as const),
    ];
    return this.#table(w.online, heads, rows);
  }

  events(): CanteenTable {
    const groups = new Map<string, CanteenEvent[]>();
    for (const alarm of this.#found.alarms) {
      const area = canteenAreaOf(this.#site, alarm.device);
      const key = `${alarm.kind}\n${area ? this.#say(area.title) : this.#nameOf(alarm.device)}`;
      groups.set(key, [...(groups.get(key) ?? []), alarm]);
    }
    const rows = [...groups].map(([key, all]) => {
      const [kind = '', place = ''] = key.split('\n');
      const waits = (of: (one: CanteenEvent) => Time | undefined) =>
        all.flatMap((one) => (of(one) === undefined ? [] : [minutes((of(one) ?? 0) - one.raisedAt)]));
      const closed = waits(({ closedAt }) => closedAt);
      const title = lookup(kinds, kind as AlarmKind);
      const head = [title ? this.#say(title) : kind, place, all.length, median(waits(({ ackedAt }) => ackedAt))];
      return [...head, closed.length, median(closed)];
    });
    const heads: Heads = [
      ...([
        [w.kind, 'text', 18],
        [w.area, 'text', 18],
        [w.count, 'count', 8],
        [w.ackMin, 'minutes', 18],
      ] as const),
      ...([
        [w.closed, 'count', 8],
        [w.closeMin, 'minutes', 18],
      ] as const),
    ];
    return this.#table(w.events, heads, rows);
  }

  #nameOf(device: string): string {
    const title = lookup(this.#site.devices, device)?.title;
    return title ? this.#say(title) : device;
  }

  ledger(): CanteenTable {
    const rows = this.#found.ledger.map((one) => {
      const last = one.answers.at(-1);
      const after = one.answers.findLast(({ picture }) => picture !== undefined);
      const matter = [this.#say(one.place.title), this.#say(one.offence.title), this.#say(one.what), one.times];
      return [
        ...[String(one.id), one.foundAt, this.#say(rectifySources[one.source.from]), ...matter],
        ...[one.who?.name, one.due, this.#say(rectifyStages[one.stage]), last?.at, last?.text],
        ...[one.over?.by, one.over?.at, one.over?.reason, one.overdueTimes, one.picture, after?.picture],
      ];
    });
    const heads: Heads = [
      ...([
        [w.number, 'text', 7],
        [w.found, 'time', 18],
        [w.source, 'text', 10],
        [w.place, 'text', 14],
      ] as const),
      ...([
        [w.offence, 'text', 14],
        [w.what, 'text', 26],
        [w.times, 'count', 6],
        [w.who, 'text', 10],
      ] as const),
      ...([
        [w.due, 'time', 18],
        [w.stage, 'text', 10],
        [w.answered, 'time', 18],
        [w.answer, 'text', 24],
      ] as const),
      ...([
        [w.overBy, 'text', 10],
        [w.overAt, 'time', 18],
        [w.reason, 'text', 16],
      ] as const),
      ...([
        [w.overdueTimes, 'count', 6],
        [w.before, 'text', 22],
        [w.after, 'text', 22],
      ] as const),
    ];
    return this.#table(w.ledger, heads, rows);
  }

  samples(): CanteenTable {
    const lists = this.#site.canteen?.lists ?? {};
    const rows = this.#found.lists.flatMap(({ list, answers }) =>
      answers
        .filter(({ item }) => lookup(lists, list)?.items.find(({ id }) => id === item)?.answer === 'sample')
        .map(({ at, note, value, right, by, picture }) => {
          const enough = this.#say(right ? w.yes : w.no);
          return [at, note, typeof value === 'number' ? value : undefined, enough, by, at + sampleKeptMs, picture];
        }),
    );
    const heads: Heads = [
      ...([
        [w.at, 'time', 18],
        [w.dish, 'text', 20],
        [w.grams, 'count', 10],
        [w.enough, 'text', 8],
      ] as const),
      ...([
        [w.by, 'text', 12],
        [w.keptUntil, 'time', 18],
        [w.photo, 'text', 24],
      ] as const),
    ];
    return this.#table(w.samples, heads, rows);
  }

  lists(): CanteenTable {
    const lists = this.#site.canteen?.lists ?? {};
    const rows = this.#found.lists.map(({ list, day, answers, missedAt }) => {
      const known = lookup(lists, list);
      const items = new Set(answers.map(({ item }) => item));
      const of = (fits: (one: (typeof answers)[number]) => boolean) => answers.filter(fits).length;
      const head = [known ? this.#say(known.title) : list, day, items.size, of(({ right }) => !right)];
      return [...head, of(({ late }) => late === true), missedAt === undefined ? '' : this.#say(w.yes)];
    });
    const heads: Heads = [
      ...([
        [w.list, 'text', 18],
        [w.day, 'day', 11],
        [w.done, 'count', 8],
        [w.amiss, 'count', 8],
      ] as const),
      ...([
        [w.late, 'count', 8],
        [w.missed, 'text', 8],
      ] as const),
    ];
    return this.#table(w.lists, heads, rows);
  }

  excursions(): CanteenTable {
    const rows = this.#found.excursions
      .filter(({ device }) => canteenAreaOf(this.#site, device))
      .map((one) => [one.at - one.lastedMs, this.#nameOf(one.device), minutes(one.lastedMs), String(one.extreme)]);
    const heads: Heads = [
      ...([
        [w.at, 'time', 18],
        [w.device, 'text', 20],
        [w.lastedMin, 'minutes', 12],
        [w.extreme, 'text', 10],
      ] as const),
    ];
    return this.#table(w.excursions, heads, rows);
  }
}

/** The report of what was found, in one language. */
export function canteenBook(site: BookSite, lang: AuditLang, found: CanteenFound): CanteenBook {
  const writer = new CanteenWriter(site, lang, found);
  return {
    title: w.title[lang],
    span: [found.from, found.to],
    tables: [
      ...[writer.summary(), writer.coverage(), writer.online(), writer.events()],
      ...[writer.ledger(), writer.samples(), writer.lists(), writer.excursions()],
    ],
    definitions: w.definitions[lang],
  };
}
