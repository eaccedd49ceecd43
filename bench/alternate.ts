import type { Runner } from './contestants';
import type { Contestant, Run } from './record';

/** What takes longer than this, in seconds, is run once: the others are what the time goes to. */
const ONCE = 15;

/**
 * Runs the contestants by turns, so that what else the machine does hits all of them. One that fails, or comes
 * to another count than `distinct` (the first one's, where null), is out.
 */
export function alternate(
  runners: readonly Runner[],
  {
    rounds,
    limit,
    distinct,
  }: { readonly rounds: number; readonly limit: number; readonly distinct: number | null },
  tell: (line: string) => void,
): Contestant[] {
  const runs = runners.map((): Run[] => []);
  const failures = runners.map((): string | undefined => undefined);
  let expected = distinct;
  for (let round = 1; round <= rounds; round++)
    for (const [i, { name, informative, run }] of runners.entries()) {
      const own = runs[i] as Run[];
      if (failures[i] !== undefined) continue;
      if (round > 1 && (informative || (own[0]?.search.elapsed ?? 0) > ONCE)) continue;
      try {
        const result = run(limit);
        expected ??= result.distinct;
        if (result.distinct !== expected && !informative)
          throw new Error(`found ${result.distinct} distinct states, not ${expected}`);
        own.push(result);
        tell(`${round}/${rounds}  ${name}: ${result.search.processor.toFixed(2)} s`);
      } catch (error) {
        failures[i] = error instanceof Error ? error.message : String(error);
        tell(`${round}/${rounds}  ${name}: ${failures[i]}`);
      }
    }
  return runners.map(({ name, informative }, i) => {
    const failure = failures[i];
    // A count that is wrong once makes the other runs no better.
    return {
      name,
      informative,
      runs: failure === undefined ? (runs[i] as Run[]) : [],
      ...(failure !== undefined && { failure }),
    };
  });
}
