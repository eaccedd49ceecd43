import * as fc from 'fast-check';
import type { Explore } from '../../checker/explore/exploration';
import { explorePlainly } from '../../checker/explore/plain';
import { difference, outcomeOf, WAYS_ASKED, WAYS_TAKEN } from './compare';
import { searchNaively } from './naive';
import { compileSpec, RandomSpecs, specSource, type SpecDescription } from './randomSpec';

const SPECS = Number(process.env.EVERYSTATE_RANDOM_SPECS ?? 2000);
const SEED = Number(process.env.EVERYSTATE_RANDOM_SEED ?? 20261122);
/** Where a space has more states at the end of a level, its deeper levels are left out. */
const ENOUGH_STATES = 40;
const ENOUGH_NOW_AND_THEN = 500;
/** Milliseconds that a spec may take, on average, on a machine that has other things to do. */
const EACH = 1000;

type Way = readonly [name: string, explore: Explore];
/** One of these for each spec. */
const IN_TURN = Object.entries(WAYS_TAKEN);

test(
  `${SPECS} random specs: every search finds the same`,
  async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(new RandomSpecs(), async (description) => {
        const source = specSource(description);
        const enough = run++ % 50 === 49 ? ENOUGH_NOW_AND_THEN : ENOUGH_STATES;
        const found = await differences(
          source,
          description.options,
          enough,
          IN_TURN[run % IN_TURN.length] as Way,
        ).catch((error: Error) => error.stack);
        if (found) throw new Error(`${found}\n\noptions: ${JSON.stringify(description.options)}\n${source}`);
      }),
      { numRuns: SPECS, seed: SEED, reporter },
    );
  },
  SPECS * EACH,
);

async function differences(
  source: string,
  options: SpecDescription['options'],
  enough: number,
  inTurn: Way,
): Promise<string | null> {
  const spec = compileSpec(source);
  const { outcome, maxDepth } = searchNaively(spec, options, enough);
  const bounded = { ...options, ...(maxDepth !== undefined && { maxDepth }) };
  const plain = await outcomeOf(spec, explorePlainly, bounded);
  const oracle = difference(outcome, plain);
  if (oracle) return `naive ≠ plain\n${oracle}`;
  for (const [name, explore] of [...Object.entries(WAYS_ASKED), inTurn]) {
    const found = difference(plain, await outcomeOf(spec, explore, bounded));
    if (found) return `plain ≠ ${name}\n${found}`;
  }
  return null;
}

/** The source alone: a description's phrases would fill pages. */
function reporter(details: fc.RunDetails<[SpecDescription]>): void {
  if (!details.failed) return;
  const error =
    details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance);
  throw new Error(
    `seed ${details.seed}, path ${details.counterexamplePath}, after ${details.numShrinks} shrinks:\n${error}`,
  );
}
