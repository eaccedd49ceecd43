import { Cells } from './cells';
import { after } from './numbers';
import { Step, Write } from './tables';

/** Writes what a step writes. */
export function apply(step: Step, cells: Cells): void {
  const end = step.writeEnd;
  for (let write = step.writeStart; write !== end; write = after<Write>(write))
    cells.put(write.cell, write.value);
}

/** Puts back there what is in the state before. */
export function revert(step: Step, cells: Cells, before: Cells): void {
  const end = step.writeEnd;
  for (let write = step.writeStart; write !== end; write = after<Write>(write))
    cells.put(write.cell, before.at(write.cell));
}
