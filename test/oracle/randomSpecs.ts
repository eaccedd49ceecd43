import * as fc from 'fast-check';
import { restrainOptimizer } from '../../checker/cli/optimizer';
import type { Explore } from '../../checker/exploration';
import { searchByReference } from '../../checker/search/reference';
import { difference, exactDifference, faultOfResult, outcomeOf, WAYS_ASKED, WAYS_TAKEN } from './compare';
import { searchNaively } from './naive';
import type { SearchOptions } from './outcome';
import { compileSpec, RandomSpecs, type SpecDescription } from './randomSpec';
import { specSource } from './source';

const SPECS = Number(process.env.EVERYSTATE_RANDOM_SPECS ?? 3000);
const SEED = Number(process.env.EVERYSTATE_RANDOM_SEED ?? 20261122);
/** So many files share them: Jest's workers take one each. `npm run oracle` has one file do all of a process's. */
const SHARES = Number(process.env.EVERYSTATE_RANDOM_SHARES ?? 4);
/** Where a space has more states at the end of a level, its deeper levels are left out. */
const ENOUGH_STATES = 20;
const ENOUGH_NOW_AND_THEN = 500;
/** Milliseconds that a spec may take, on average, on a machine that has other things to do. */
const EACH = 1000;

type Way = readonly [name: string, explore: Explore];
/** One of these for every second spec, beside what its options ask for. */
const IN_TURN = Object.entries({ ...WAYS_ASKED, ...WAYS_TAKEN });

/** Declares the test of one share of all random specs. */
export function testRandomSpecs(share: number): void {
  restrainOptimizer(); // as the command does: thousands of short searches
  const specs = Math.floor(SPECS / SHARES) + Number(share < SPECS % SHARES);
  const seed = SEED + share;
  test(
    `${specs} random specs: every search finds the same`,
    async () => {
      let run = 0;
      const check = async (description: SpecDescription) => {
        const source = specSource(description);
        const enough = run++ % 50 === 49 ? ENOUGH_NOW_AND_THEN : ENOUGH_STATES;
        const inTurn = run % 2 === 0 ? IN_TURN[(run / 2) % IN_TURN.length] : undefined;
        const found = await differences(source, description.options, enough, inTurn).catch(
          (error: Error) => error.stack,
        );
        if (found) throw new Error(`${found}\n\noptions: ${JSON.stringify(description.options)}\n${source}`);
      };
      await fc.assert(fc.asyncProperty(new RandomSpecs(), check), { numRuns: specs, seed, reporter });
    },
    Math.max(1, specs) * EACH,
  );
}

/** Where the searches of a spec differ, as text, or null. */
export async function differences(
  source: string,
  options: SearchOptions,
  enough: number,
  inTurn: Way | undefined,
): Promise<string | null> {
  const anew = () => compileSpec(source);
  const spec = anew();
  const { outcome, maxDepth } = searchNaively(anew(), options, enough);
  const bounded = { ...options, ...(maxDepth !== undefined && { maxDepth }) };
  const plain = await outcomeOf(spec, searchByReference, bounded);
  const oracle = exactDifference(outcome, plain);
  if (oracle) return `naive ≠ plain\n${oracle}`;
  const asked = await faultOfResult(spec, bounded, plain, anew);
  if (asked) return `plain ≠ as asked\n${asked}`;
  if (!inTurn) return null;
  const [name, explore] = inTurn;
  const { workers: _, exact: __, ...alone } = bounded;
  const found = difference(plain, await outcomeOf(spec, explore, alone));
  return found && `plain ≠ ${name}\n${found}`;
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
