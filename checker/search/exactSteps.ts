import type { Learner } from '../learn/learner';
import type { Limit } from '../exploration';
import { FOUND_WORDS, type Buffers } from '../kernel/buffers';
import type { Admission } from './admission';
import type { Cursor } from '../store/cursor';

/** Takes the steps that the kernel found, telling states apart by all they are and not by fingerprints. */
export function takeExactly(
  buffers: Buffers,
  learner: Learner,
  cursor: Cursor,
  admission: Admission,
): Limit | undefined {
  const { leaves } = learner;
  const { frontier } = cursor;
  for (const { low, high, step } of stepsFound(buffers, learner)) {
    const to = frontier.outCopy(cursor.agenda.next);
    for (const [cell, local] of leaves.writesOf(step)) to.row[to.offset + cell] = local;
    if (!admission.add(low, high)) continue;
    frontier.sign(low, high, cursor.number, leaves.edgeOf(step));
    const limit = admission.settle(step);
    if (limit) return limit;
  }
  return undefined;
}

/** Copies: learning moves both the list and what it points to. */
function stepsFound({ found }: Buffers, { leaves }: Learner) {
  return Array.from({ length: found.length / FOUND_WORDS }, (_, k) => {
    const [low, high, address] = found.subarray(k * FOUND_WORDS) as Iterable<number> as [
      number,
      number,
      number,
    ];
    return { low, high, step: leaves.stepAt(address) };
  });
}
