/**
 * Arrow keys between the cells of a table: Tab comes to the table once, not to each of its hundreds of cells.
 */

const STEPS: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
/** A cell's neighbour may be empty; beyond so many there is none. */
const REACH = 400;

/** What a cell button wears: its place, and whether Tab comes to it. */
export function gridCell(row: number, column: number, first: boolean) {
  return { 'data-cell': `${row},${column}`, tabIndex: first ? 0 : -1 };
}

/** Moves the focus to the next cell in the direction of an arrow. */
export function onGridKey(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const from = event.target;
  if (!step || !(from instanceof HTMLElement) || !(event.currentTarget instanceof HTMLElement)) return;
  const place = from.dataset.cell?.split(',').map(Number);
  if (!place) return;
  event.preventDefault();
  let [row = 0, column = 0] = place;
  for (let i = 0; i < REACH; i++) {
    row += step[0];
    column += step[1];
    const cell = event.currentTarget.querySelector<HTMLElement>(`[data-cell="${row},${column}"]`);
    if (!cell) continue;
    from.tabIndex = -1;
    cell.tabIndex = 0;
    cell.focus();
    return;
  }
}
