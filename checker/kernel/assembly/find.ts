import { OUTCOME } from '../codes';
import { Cells, Row } from './cells';
import { Context } from './context';
import { header } from './header';
import { keepsProperties } from './judge';
import { after } from './numbers';
import { Seen } from './seen';
import { Found, Step, Write } from './tables';

/** Finds the steps of some of the leaves gathered, and those among them that change anything. */
export function find(c: Context, row: Row, from: i32, to: i32): i32 {
  const cells = row.cells;
  const own = row.fingerprint;
  const leaves = c.leaves;
  const firstStep = header.firstStep;
  const steps = header.steps;
  const room = c.foundRoom;
  const seenRoom = <u64>header.seenRoom;
  const asked = c.stepsJudged === 0 && header.pairJudgeCount > 0;
  // The action properties are shown the states after the steps where the next new state will go.
  const next = c.nextRow(header.stride);
  let shown = false;
  // Where whole states are compared, a step to another state of the same fingerprint counts.
  const exact = header.exact;
  let found = c.found.at(0);
  let count = 0;
  for (let k = from; k < to; k++) {
    const leaf = leaves.at(k).leaf;
    const first = firstStep.at(leaf);
    const last = firstStep.at(leaf + 1);
    if (count + last - first > room) return OUTCOME.STEPS;
    for (let number = first; number < last; number++) {
      const step = steps.at(number);
      const fingerprint = own ^ effectOn(cells, step);
      if (asked) {
        const affected = step.affected;
        if (affected === null) return OUTCOME.STEP_PROPERTY;
        if (affected.stepJudges) {
          if (!shown) {
            if (c.outCount === header.chunkRoom) return OUTCOME.FULL;
            next.cells.copy(cells, header.stride - i32(offsetof<Row>()));
            shown = true;
          }
          if (!keepsProperties(cells, next.cells, step, affected)) return OUTCOME.STEP_PROPERTY;
        }
      }
      if (fingerprint !== own || exact) {
        found.fingerprint = fingerprint;
        found.step = step;
        found.slot = Seen.homeOf(fingerprint, seenRoom);
        found = after<Found>(found);
        count++;
      }
    }
  }
  if (c.seenLeft < count || c.unjudgedLeft < count) return OUTCOME.CROWDED;
  c.foundCount = count;
  c.foundNext = 0;
  countSteps(c, from, to);
  if (header.prefetch) touch(c, found);
  return OUTCOME.DONE;
}

/** What a step does to the fingerprint of a state. */
function effectOn(cells: Cells, step: Step): u64 {
  const keys = header.keys;
  const keyBase = header.keyBase;
  let effect = step.fingerprint;
  const end = step.writeEnd;
  for (let write = step.unknownStart; write !== end; write = after<Write>(write)) {
    const cell = write.cell;
    effect ^= keys.at(keyBase.at(cell) + cells.at(cell));
  }
  return effect;
}

/** Counts the steps of some of the leaves gathered, by action. */
function countSteps(c: Context, from: i32, to: i32): void {
  const leaves = c.leaves;
  const firstStep = header.firstStep;
  const steps = header.steps;
  const takenBy = c.takenBy;
  for (let k = from; k < to; k++) {
    const leaf = leaves.at(k).leaf;
    const first = firstStep.at(leaf);
    const action = steps.at(first).action;
    takenBy.put(action, takenBy.at(action) + u64(firstStep.at(leaf + 1) - first));
  }
}

/** Touches the slots of the steps found: here the look-ups don't wait for each other, and each would go to main memory. */
function touch(c: Context, end: Found): void {
  let touched = 0;
  for (let found = c.found.at(0); found !== end; found = after<Found>(found))
    touched |= load<i32>(found.slot);
  c.touched = touched;
}
