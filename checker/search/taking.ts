import type { Limit } from '../exploration';
import { FOUND_WORDS } from '../kernel/buffers';
import type { Arrivals } from './admission';
import type { LearnedSpec } from './learnedSpec';

/** How the steps that the kernel has found are taken. */
export interface Taking {
  take(): Limit | undefined;
}

/** Each step is written out, for whoever has to see the whole state that it leads to. */
export function takesOneByOne(spec: LearnedSpec, arrivals: Arrivals): Taking {
  const { position, learner } = spec;
  const take = (): Limit | undefined => {
    for (const { low, high, step } of stepsFound(spec)) {
      const to = position.copiedOut();
      for (const [cell, local] of learner.leaves.writesOf(step)) to.row[to.offset + cell] = local;
      const edge = learner.leaves.edgeOf(step);
      if (!arrivals.add(low, high, () => to, edge)) continue;
      position.out.sign(low, high, position.number, edge);
      const limit = arrivals.settle(step);
      if (limit) return limit;
    }
    return undefined;
  };
  return { take };
}

/** Copies: learning moves both the list and what it points to. */
function stepsFound({ buffers: { found }, learner: { leaves } }: LearnedSpec) {
  return Array.from({ length: found.length / FOUND_WORDS }, (_, k) => {
    const [low, high, address] = found.subarray(k * FOUND_WORDS) as Iterable<number> as [
      number,
      number,
      number,
    ];
    return { low, high, step: leaves.stepAt(address) };
  });
}
