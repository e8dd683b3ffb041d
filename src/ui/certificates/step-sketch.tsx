/**
 * The drawn screen of one step: a phone or a window with its rows, the one to press in a thick frame with a pointer at it. Drawn
 * from words, so that it speaks both languages and needs no file.
 */
import type { DeviceGuide, GuideStep, SketchRow } from '../../words/screens/certificate-page-words.ts';
import { say } from '../page/language.ts';

const WIDTH = 260;
const ROW = 46;
const HEAD = 40;
/** What fits a row in one line, counted in half characters: a Chinese one is two. */
const LINE = 30;

const widthOf = (char: string) => (char > '\u2e7f' ? 2 : 1);

/** A text cut into at most two lines of a row. */
export function linesOf(text: string): readonly string[] {
  let line = '';
  let width = 0;
  const lines: string[] = [];
  for (const part of text.match(/[^\s\u2e80-\uffff]*[\s\u2e80-\uffff]?/g) ?? []) {
    const wide = [...part].reduce((sum, char) => sum + widthOf(char), 0);
    if (width + wide > LINE && line !== '') {
      lines.push(line);
      line = '';
      width = 0;
    }
    line += part;
    width += wide;
  }
  return [...lines, line].slice(0, 2);
}

function Row({ row, y }: { row: SketchRow; y: number }) {
  const lines = linesOf(say(row.text));
  const right = WIDTH - 16;
  return (
    <g>
      <rect class={row.press ? 'entry pressed' : 'entry'} x={16} y={y} width={WIDTH - 32} height={ROW - 8} />
      {lines.map((line, i) => (
        <text key={line} x={26} y={y + (lines.length === 1 ? 24 : 16 + 15 * i)}>
          {line}
        </text>
      ))}
      {row.turnOn && (
        <>
          <rect class="switch" x={right - 44} y={y + 9} width={36} height={20} rx={10} />
          <circle class="drawn-knob" cx={right - 18} cy={y + 19} r={8} />
        </>
      )}
      {row.press && !row.turnOn && <path class="hand" d={`M${right - 26} ${y + 14} l16 16 l-7 0 l-5 8 z`} />}
    </g>
  );
}

export function StepSketch({ shape, step }: { shape: DeviceGuide['shape']; step: GuideStep }) {
  const height = HEAD + step.rows.length * ROW + 20;
  const phone = shape === 'phone';
  return (
    <svg class="sketch" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={say(step.title)}>
      <rect class="case" x={3} y={3} width={WIDTH - 6} height={height - 6} rx={phone ? 18 : 2} />
      <path class="rule" d={`M3 ${HEAD} H${WIDTH - 3}`} />
      <text class="title" x={phone ? WIDTH / 2 : 16} y={27} text-anchor={phone ? 'middle' : 'start'}>
        {say(step.title)}
      </text>
      {step.rows.map((row, i) => (
        <Row key={row.text.en} row={row} y={HEAD + 10 + i * ROW} />
      ))}
    </svg>
  );
}
