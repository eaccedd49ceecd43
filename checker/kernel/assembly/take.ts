import { OUTCOME, VERDICT } from '../codes';
import { Row } from './cells';
import { Context } from './context';
import { header } from './header';
import { verdictOn } from './judge';
import { add, Seen } from './seen';
import { apply } from './steps';
import { Step } from './tables';

/** Takes the steps found that lead to new states, out of the state of that number. */
export function take(c: Context, row: Row, number: i32): i32 {
  const stride = header.stride;
  const newBy = c.newBy;
  const chunkRoom = header.chunkRoom;
  const steps = c.found;
  const count = c.foundCount;
  const seenEnd = header.seenEnd;
  for (let k = c.foundNext; k < count; k++) {
    const found = steps.at(k);
    if (c.outCount === chunkRoom) {
      c.foundNext = k;
      return OUTCOME.FULL;
    }
    const fingerprint = found.fingerprint;
    // As in `add`, without a call for each step.
    const key = Seen.keyOf(fingerprint);
    let slot = found.slot;
    let there = load<u64>(slot);
    while (there !== key && there !== 0 && slot !== seenEnd) {
      slot += 8;
      there = load<u64>(slot);
    }
    const added = there === key ? 0 : add(fingerprint, slot);
    if (added === 0) continue;
    if (added < 0) {
      c.foundNext = k;
      return OUTCOME.OVERFULL;
    }
    const step = found.step;
    c.seenLeft--;
    const next = c.nextRow(stride);
    write(next, row, number, fingerprint, step, stride);
    const verdict = verdictOn(next.cells, step.affected);
    if (verdict === VERDICT.OUTSIDE) {
      c.outside++;
      continue;
    }
    if (verdict === VERDICT.IN_DOUBT || c.left === 0) {
      c.foundNext = k + 1;
      c.step = step;
      return OUTCOME.JUDGE;
    }
    newBy.put(step.action, newBy.at(step.action) + 1);
    c.left--;
    c.outCount++;
  }
  return OUTCOME.DONE;
}

/** Writes the state that a step leads to. */
function write(next: Row, row: Row, number: i32, fingerprint: u64, step: Step, stride: i32): void {
  next.fingerprint = fingerprint;
  next.parent = number;
  next.edge = step.edge;
  next.cells.copy(row.cells, stride - i32(offsetof<Row>()));
  apply(step, next.cells);
}
