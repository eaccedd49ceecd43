import { OUTCOME, PAGE_BITS } from '../codes';
import { Context } from './context';
import { move } from './grow';
import { header } from './header';
import { Records } from './numbers';
import { run } from './run';
import { stopAll, takeFreeChunk, takePages, takeRange } from './threads';
import { Filled, Range } from './tables';

/** Expands ranges of states beside other threads, until there are none, or something is up. */
export function work(c: Context): void {
  if (header.moving) {
    move(c);
    return;
  }
  while (header.stop === 0) {
    const taken = takeRange();
    if (taken >= header.rangeCount) return;
    const range = changetype<Records<Range>>(header.ranges).at(taken);
    while (range.from < range.to) if (!expand(c, range)) return;
  }
}

/** Expands a range up to its end, or to where something is to be noted. Whether to go on. */
function expand(c: Context, range: Range): bool {
  const outcome = run(c, range.rows, range.from, range.to, range.first);
  const at = outcome ? c.at : range.to;
  range.from = at;
  switch (outcome) {
    case OUTCOME.DONE:
      return true;
    case OUTCOME.FULL:
      if (freshChunk(c)) return true;
      stopAll(outcome);
      return false;
    case OUTCOME.JUDGE:
      noteUnjudged(c);
      return true;
    case OUTCOME.OVERFULL:
      stopAll(outcome);
      return false;
    case OUTCOME.CROWDED:
      stopAll(OUTCOME.DONE);
      return false;
    default:
      // Something has to be learned first, which is for the main thread to do, between phases.
      range.from = at + 1;
      return putOff(c, range.first + at);
  }
}

/** Puts a state off. Whether there is room for another one. */
function putOff(c: Context, number: i32): bool {
  const count = c.putOffCount;
  c.putOff.put(count, number);
  c.putOffCount = count + 1;
  if (count + 1 < c.putOffRoom) return true;
  stopAll(OUTCOME.DONE);
  return false;
}

/** Keeps the new state at the end of the chunk, for the main thread to judge. */
function noteUnjudged(c: Context): void {
  const note = c.unjudged.at(c.unjudgedCount);
  note.chunk = c.out;
  note.index = c.outCount;
  note.step = c.step;
  c.unjudgedCount++;
  c.unjudgedLeft--;
  c.outCount++;
}

/** A chunk for new states in place of the one that is full; 0 where memory is used up. */
export function freshChunk(c: Context): i32 {
  const filled = changetype<Records<Filled>>(c.filled).at(c.filledCount);
  filled.chunk = c.out;
  filled.count = c.outCount;
  c.filledCount++;
  c.outCount = 0;
  const left = takeFreeChunk();
  if (left > 0) {
    c.out = header.freeChunks.at(left - 1);
    return 1;
  }
  const first = takePages(header.chunkPages);
  c.out = (<usize>first) << PAGE_BITS;
  return i32(first >= header.floor);
}
