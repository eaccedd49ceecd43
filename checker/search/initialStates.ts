import type { Limit } from '../exploration';
import { Predecessors } from '../store/predecessors';
import type { Arrivals } from './admission';
import type { LearnedSpec } from './learnedSpec';

/** Has an initial state arrive, by its index: a limit that it reached, or `none` where there are no more. Throws `Fault`. */
export function arriveInitially(
  spec: LearnedSpec,
  arrivals: Arrivals,
  index: number,
): Limit | 'none' | undefined {
  const { out } = spec.position;
  spec.findings.lookAt(Predecessors.NO_PARENT);
  const fingerprint = spec.initial(index);
  if (fingerprint === undefined) return 'none';
  const [low, high] = fingerprint;
  if (!arrivals.add(low, high, () => out.outRow(), index)) return undefined;
  out.sign(low, high, Predecessors.NO_PARENT, index);
  return arrivals.settle(undefined);
}
