/**
 * The matrix on paper, in Markdown: every scenario in every column for each algorithm, the worst cells, hosts that deceive,
 * nuisances, and which aims are reached. Every figure comes from the run; nothing is left out because it looks bad.
 */
import { names } from './detection-judges.ts';
import { spread } from './detection-score.ts';
import { figure } from './figures.ts';
import type { Quiet } from './matrix-days.ts';
import { aimed, attackScenarios, cells, faultScenarios, frictions, nuisances, skies } from './matrix-plan.ts';
import { type Count, columns, counted, type Matrix, type Rate, same } from './matrix-score.ts';
import { own } from './matrix-stage.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Within how long each deceit of a host ought to be told, ms: the aims; for the supply it is ours. */
const toldWithinMs = {
  'frozen host': 10 * minuteMs,
  'frozen host, its whole side': 10 * minuteMs,
  'replayed host': 24 * hourMs,
  'supply drops': minuteMs,
} as const;

const percent = (share: number) => (Math.floor(share * 1_000 + 1e-9) / 10).toFixed(1);
const cellOf = ({ hits, tries, atLeast }: Count) =>
  tries === 0 ? '–' : `${percent(hits / tries)} (${percent(atLeast)})`;
const rate = (value: number) => (Number.isNaN(value) ? '–' : value === 0 ? '0' : figure(Number(value.toPrecision(2))));
const rateOf = (one: Rate) => (one.days === 0 ? '–' : `${rate(one.rate)} (${rate(one.atMost)})`);

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`;
  const rule = line(head.map((_, at) => (at === 0 ? '---' : '---:')));
  return [`### ${title}`, '', line(head), rule, ...rows.map(line), ''].join('\n');
}

function found(matrix: Matrix, by: number): string {
  const rows = attackScenarios.map((scenario) => {
    const worst = matrix.worst(scenario, by);
    const where = worst ? `${worst.count.hits}/${worst.count.tries} ${Object.values(worst.cell).join(', ')}` : '–';
    const { p50, p99 } = spread(
      matrix.trials.filter((one) => one.scenario === scenario).map(({ tookMs }) => tookMs[by]!),
    );
    const took = Number.isNaN(p50) ? '–' : `${(p50 / 1_000).toFixed(1)} / ${(p99 / 1_000).toFixed(1)}`;
    return [scenario, ...columns.map(({ has }) => cellOf(matrix.found(scenario, by, has))), where, took];
  });
  const head = [
    'found, % (and proved)',
    ...columns.map(({ title }) => title),
    'worst cell',
    'half, 99 of 100 told after, s',
  ];
  return table(`${names[by]}`, head, rows);
}

function faults(matrix: Matrix): string {
  const rows = faultScenarios.flatMap((scenario) =>
    ['all', ...frictions].map((friction) => {
      const tried = matrix.faults.filter(
        (one) => one.scenario === scenario && (friction === 'all' || one.cell.friction === friction),
      );
      const inTime = tried.filter(({ tookMs }) => tookMs <= toldWithinMs[scenario]).length;
      const sum = (of: (one: (typeof tried)[number]) => number) =>
        tried.length === 0 ? Number.NaN : tried.reduce((total, one) => total + of(one), 0) / tried.length;
      return [
        `${scenario}, ${friction}`,
        `${toldWithinMs[scenario] / minuteMs} min`,
        `${inTime}/${tried.length}`,
        cellOf(counted(inTime, tried.length)),
        rate(sum(({ ownAlarms }) => ownAlarms)),
        rate(sum(({ neighbourAlarms }) => neighbourAlarms)),
      ];
    }),
  );
  const head = [
    'host, friction',
    'to be told within',
    'told',
    '% (and proved)',
    'break-ins cried there',
    'alarms of neighbours',
  ];
  return table('Hosts that deceive: gatehouse (the controllers are hosts and know nothing of it)', head, rows);
}

function nuisance(matrix: Matrix): string {
  const causes = ['weather', ...nuisances] as const;
  const rows = names.flatMap((name, by) =>
    ['all', ...frictions].map((friction) => [
      `${name}, ${friction}`,
      figure(
        matrix.perDay(
          by,
          () => 0,
          ({ cell }) => friction === 'all' || cell.friction === friction,
        ).days,
      ),
      ...causes.map((cause) =>
        rateOf(
          matrix.perDay(
            by,
            ({ alarms }) => alarms[cause],
            ({ cell }) => friction === 'all' || cell.friction === friction,
          ),
        ),
      ),
      ...skies.map((kind) =>
        rateOf(
          matrix.perDay(
            by,
            ({ alarms }) => alarms.weather,
            ({ cell, sky }) => sky === kind && (friction === 'all' || cell.friction === friction),
          ),
        ),
      ),
    ]),
  );
  const head = ['alarms of a zone and day', 'zone-days', ...causes, ...skies.map((kind) => `weather, ${kind}`)];
  return table('Nuisance alarms (P1 and P2) of a zone and day (and no more than, proved)', head, rows);
}

/** What the gateway says for maintenance, by friction. */
function hints(matrix: Matrix): string {
  const words = [...new Set(matrix.quiets.flatMap((one) => Object.keys(one.hints)))].sort();
  const rows = frictions.map((friction) => [
    friction,
    ...words.map((word) =>
      rate(
        matrix.perDay(
          own,
          (one) => one.hints[word] ?? 0,
          ({ cell }) => cell.friction === friction,
        ).rate,
      ),
    ),
  ]);
  return table('Hints for maintenance of a zone and day: gatehouse', ['friction', ...words], rows);
}

function aims(matrix: Matrix): string {
  const bounds = attackScenarios.flatMap((scenario) => {
    const least = aimed[scenario];
    if (least === undefined) return [];
    const all = columns.map(({ title, has }) => ({ title, count: matrix.found(scenario, own, has) }));
    const tried = all.filter(({ count }) => count.tries > 0);
    if (tried.length === 0) return [];
    const low = tried.reduce((worst, one) => (one.count.atLeast < worst.count.atLeast ? one : worst));
    const { hits, tries, atLeast } = low.count;
    return [
      [
        scenario,
        `≥ ${least} in every column`,
        `${percent(atLeast)} (${low.title}: ${hits}/${tries})`,
        mark(atLeast >= least),
      ],
    ];
  });
  const calm = weather(matrix, ({ cell }) => cell.friction !== '1–3 N', 30);
  const rough = weather(matrix, ({ cell }) => cell.friction === '1–3 N', 1);
  return table(
    'Aims',
    ['gatehouse', 'aim', 'proved, lowest column', ''],
    [
      ...bounds,
      ['weather alarms, ≤ 1 N', '≤ 1 a zone and month', ...calm(1)],
      ['weather alarms, 1–3 N', '≤ 0.2 a zone and day', ...rough(0.2)],
    ],
  );
}

/** What the quiet days prove of alarms by weather alone, in so many days, against an aim: a few days without one prove little. */
function weather(matrix: Matrix, has: (quiet: Quiet) => boolean, times: number) {
  const { rate: seen, days, atMost } = matrix.perDay(own, ({ alarms }) => alarms.weather, has);
  const most = atMost * times;
  return (aim: number): readonly [string, string] =>
    days === 0
      ? ['–', 'not tried']
      : [`≤ ${rate(most)} (seen ${rate(seen * times)} in ${figure(days)} zone-days)`, mark(most <= aim)];
}

const mark = (reached: boolean) => (reached ? 'reached' : '**not reached**');

/** Each single cell, gatehouse alone: found of tried. */
export function everyCell(matrix: Matrix): string {
  const rows = cells.map((cell) => [
    Object.values(cell).join(', '),
    ...attackScenarios.map((scenario) => {
      const { hits, tries } = matrix.found(scenario, own, (one) => same(one, cell));
      return `${hits}/${tries}`;
    }),
  ]);
  return table('Every cell, gatehouse: found of tried', ['cell', ...attackScenarios], rows);
}

/** The whole report. */
export function matrixReport(matrix: Matrix): string {
  return [
    aims(matrix),
    found(matrix, own),
    ...[0, 1].map((by) => found(matrix, by)),
    faults(matrix),
    nuisance(matrix),
    hints(matrix),
  ].join('\n');
}
