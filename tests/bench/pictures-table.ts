/**
 * What became of all cameras, as a matrix of what was done and in which light, with exact bounds; and what was said of cameras that nobody
 * touched. It adds up and draws no conclusions.
 */
import { lowerBound, upperBound } from './detection-score.ts';
import { figure } from './figures.ts';
import type { ActPlayed, LightKind, PicturesPlayed, PicturesScene } from './pictures-play.ts';

const otherActs = (act: string) => act === 'white' || act === 'out of focus';
const lights: readonly LightKind[] = ['day', 'lamps', 'infrared'];
const monthDays = 30;
/** Groups that an aim is set for. */
const aims: Readonly<Record<string, (act: string) => boolean>> = {
  'covered (tape, hand, bag, spray, paper, half)': (act) =>
    ['tape', 'hand', 'bag', 'spray', 'paper', 'half'].includes(act),
  'moved (5–60°)': (act) => act.startsWith('turned'),
  frozen: (act) => act.startsWith('frozen'),
  black: (act) => act === 'black',
};
/** Kinds of rooms and cameras; one camera is of several. */
const scenes: Readonly<Record<string, (scene: PicturesScene) => boolean>> = {
  'room with a window': ({ windowless }) => !windowless,
  'room without a window': ({ windowless }) => windowless,
  'with infrared': ({ infrared }) => infrared,
  'without infrared': ({ infrared }) => !infrared,
  'clock in the picture': ({ clock }) => clock,
  'no clock': ({ clock }) => !clock,
  'camera shakes': ({ shakes }) => shakes,
  'smoothed or sent in part': ({ calm }) => calm,
  'all of it sent, with its noise': ({ calm }) => !calm,
  'JPEG below 50': ({ coarse }) => coarse,
};

const shareText = (acts: readonly ActPlayed[]): string => {
  if (acts.length === 0) return '—';
  const found = acts.filter((one) => one.found).length;
  return `${found}/${acts.length} (≥ ${lowerBound(found, acts.length).toFixed(2)})`;
};
const middle = (numbers: readonly number[]): number | undefined =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

/** Which words were said first, the most frequent first. */
function wordsOf(acts: readonly ActPlayed[]): string {
  const counts = new Map<string, number>();
  for (const { said } of acts) counts.set(said[0] ?? 'nothing', (counts.get(said[0] ?? 'nothing') ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([word, count]) => `${word} ${count}`)
    .join(', ');
}

/** Found by scene and by what was done, and what was said of clean hours in such a scene. */
function sceneRows(played: readonly PicturesPlayed[]): string[] {
  return Object.entries(scenes).map(([name, fits]) => {
    const of = played.filter(({ scene }) => fits(scene));
    const acts = of.flatMap((one) => one.acts);
    const cells = [...Object.values(aims), otherActs].map((aim) => shareText(acts.filter(({ act }) => aim(act))));
    const hours = of.reduce((sum, one) => sum + one.hours, 0);
    const wrong = of.reduce((sum, one) => sum + one.false.length, 0);
    return `| ${name} | ${cells.join(' | ')} | ${wrong} in ${hours.toFixed(0)} h |`;
  });
}

export function picturesTable(played: readonly PicturesPlayed[]): string {
  const acts = played.flatMap((one) => one.acts);
  const rows = [...new Set(acts.map(({ act }) => act))].map((act) => {
    const of = acts.filter((one) => one.act === act);
    const after = middle(of.flatMap((one) => one.after ?? []));
    const cells = lights.map((light) => shareText(of.filter((one) => one.light === light)));
    return `| ${act} | ${cells.join(' | ')} | ${shareText(of)} | ${after === undefined ? '—' : `${after / 2} min`} | ${wordsOf(of)} |`;
  });
  const summed = Object.entries(aims).map(
    ([name, fits]) => `| ${name} | ${shareText(acts.filter(({ act }) => fits(act)))} |`,
  );
  const hours = played.reduce((sum, one) => sum + one.hours, 0);
  const wrong = played.flatMap((one) => one.false);
  const days = hours / 24;
  const month = (count: number) => (days > 0 ? ((count * monthDays) / days).toFixed(1) : '—');
  const kinds = new Map<string, number>();
  for (const { sign, hours: by } of wrong) kinds.set(`${sign} (${by})`, (kinds.get(`${sign} (${by})`) ?? 0) + 1);
  return [
    '| what was done | by day | by lamps | infrared | all | usually after | first word |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    '| aim: at least 0.98 | found |',
    '| --- | --- |',
    ...summed,
    '',
    `| scene | ${Object.keys(aims).join(' | ')} | white, out of focus | false words |`,
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...sceneRows(played),
    '',
    `Clean: ${figure(played.filter((one) => one.hours > 0).length)} cameras, ${hours.toFixed(0)} hours (${days.toFixed(1)} days); ` +
      `${wrong.length} false words, ${month(wrong.length)} a camera and 30 days, at most ${month(upperBound(wrong.length))} (exact, one-sided 95 %). ` +
      `${[...kinds].map(([name, count]) => `${name}: ${count}`).join('; ')}`,
    '',
  ].join('\n');
}
