/**
 * What a limit in newtons means in millimetres at the middle of a bay, beside the two numbers an installer is asked about:
 * the 5 kgf of usual controllers and the 75 mm of the standard.
 */
import { useState } from 'preact/hooks';
import {
  type Bay,
  displacementMm,
  displacementOf,
  farRiseOf,
  pushOf,
  riseOf,
  usualRiseN,
  usualSpan,
  usualSpringNPerMm,
} from '../../core/fence/midspan.ts';
import { t } from '../text/commission-language.ts';

/** Of a wire nobody has learned a base for: in the middle of what hosts allow as static tension, N. */
const USUAL_BASE_N = 150;

const tenth = (n: number) => Math.round(n * 10) / 10;

function Millimetres({ riseN, baseN, span }: { riseN: number; baseN: number; span: Bay }) {
  const mm = displacementOf(riseN, span);
  return <td>{t('mmValue', { mm: Math.round(mm), push: Math.round(pushOf(mm, baseN, span)) })}</td>;
}

function Rise({ baseN, span }: { baseN: number; span: Bay }) {
  const push = Math.round(pushOf(displacementMm, baseN, span));
  return <td>{t('mmRise', { n: tenth(riseOf(displacementMm, span)), push })}</td>;
}

function Metres({ label, value, most, set }: { label: string; value: number; most: number; set: (n: number) => void }) {
  return (
    <label>
      {label}{' '}
      <input
        type="number"
        min="1"
        max={most}
        step="0.5"
        value={value}
        onChange={(e) => {
          const n = Number(e.currentTarget.value);
          if (n >= 1 && n <= most) set(n);
        }}
      />{' '}
      m
    </label>
  );
}

export function Midspan({ upN, bases }: { upN: number; bases: readonly number[] | undefined }) {
  const [bayM, setBay] = useState(usualSpan.bayM);
  const [lengthM, setLength] = useState(usualSpan.lengthM);
  const sorted = [...(bases ?? [])].sort((a, b) => a - b);
  const baseN = sorted[sorted.length >> 1] ?? USUAL_BASE_N;
  const rigid: Bay = { bayM, lengthM };
  const sprung: Bay = { ...rigid, springNPerMm: usualSpringNPerMm };
  const rises = [
    [t('mmQuick', { n: tenth(upN) }), upN],
    [t('mmKgf', { n: Math.round(usualRiseN) }), usualRiseN],
    // What supports keep on fences that were examined, N: little, and much.
    ...[1, 3].map((keptN) => [t('mmFar', { n: keptN }), farRiseOf(upN, rigid, keptN)] as const),
  ] as const;
  return (
    <section class="midspan">
      <h3>{t('mmTitle')}</h3>
      <p class="field">
        <Metres label={t('mmBay')} value={bayM} most={10} set={setBay} />
        <Metres label={t('mmLength')} value={lengthM} most={100} set={setLength} />
        <span>
          {t('mmBase')} {Math.round(baseN)} N
        </span>
      </p>
      <div class="scroll">
        <table class="plain tight">
          <thead>
            <tr>
              <th />
              <th>{t('mmSprung', { k: usualSpringNPerMm })}</th>
              <th>{t('mmRigid')}</th>
            </tr>
          </thead>
          <tbody>
            {rises.map(([label, riseN]) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <Millimetres riseN={riseN} baseN={baseN} span={sprung} />
                <Millimetres riseN={riseN} baseN={baseN} span={rigid} />
              </tr>
            ))}
            <tr>
              <th scope="row">{t('mm75', { mm: displacementMm })}</th>
              <Rise baseN={baseN} span={sprung} />
              <Rise baseN={baseN} span={rigid} />
            </tr>
          </tbody>
        </table>
      </div>
      <p class="small">{t('mmNote')}</p>
      <p class="small">{t('mmUnseen')}</p>
    </section>
  );
}
