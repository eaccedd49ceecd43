import * as fc from 'fast-check';
import { language, type Spec } from 'everystate';
import { expected } from '../../examples/expected';
import * as provisioning from '../../examples/provisioning';
import { conclude } from '../../checker/conclusion';
import type { Exploration, Explore, ExploreOptions } from '../../checker/exploration';
import { bind } from '../../checker/model/bind';
import { Evaluator } from '../../checker/model/evaluator';
import { searchDepthFirst } from '../../checker/search/depthFirst';
import { searchByWalks } from '../../checker/search/randomWalk';
import { searchByReference } from '../../checker/search/reference';
import { faultOfTrace, searchNaively } from '../oracle/naive';
import { compileSpec, RandomSpecs } from '../oracle/randomSpec';
import { specSource } from '../oracle/source';

const SPECS = 200;
const SEED = 20261128;
const ENOUGH_STATES = 40;
const ALL = { keepGoing: true, deadlock: true };

const walking =
  (walks: number, seed = 1): Explore =>
  (evaluator, options) =>
    searchByWalks(evaluator, { ...options, walks, seed });

function explored(spec: Spec, explore: Explore, options: Partial<ExploreOptions>): Promise<Exploration> {
  return explore(new Evaluator(bind(spec)), { ...ALL, now: () => 0, ...options });
}

/** Which properties fell, and which were reached. */
function found({ findings, reached }: Exploration): object {
  return { fallen: findings.map(({ property }) => property).sort(), reached: [...reached.keys()].sort() };
}

function counted({ statistics }: Exploration): object {
  const { initial, distinct, generated, outside, frontier, actions } = statistics;
  return { initial, distinct, generated, outside, frontier, generatedBy: actions.map((a) => a.generated) };
}

/** What is wrong with the runs told, each taken again by a search that has nothing in common with ours; or null. */
async function faultOfRuns(anew: () => Spec, explore: Explore): Promise<string | null> {
  const model = bind(anew());
  const evaluator = new Evaluator(model);
  const options = { ...ALL, now: () => 0 };
  const result = conclude(model, evaluator, await explore(evaluator, options), options);
  if (result.verdict === 'broken') return result.what;
  const violations = result.verdict === 'violated' ? result.violations : [];
  for (const { kind, property, parameters = {}, trace } of violations) {
    const fault = trace && faultOfTrace(anew(), trace, { kind, property, parameters });
    if (fault) return `${property}: ${fault}`;
  }
  return null;
}

/** Random specs whose states are few and whose functions are not at fault. */
async function eachFiniteSpec(
  body: (anew: () => Spec, plain: Exploration) => Promise<void>,
): Promise<number> {
  let finite = 0;
  for (const description of fc.sample(new RandomSpecs(), { numRuns: SPECS, seed: SEED })) {
    const anew = () => compileSpec(specSource(description));
    const { outcome, maxDepth } = searchNaively(anew(), ALL, ENOUGH_STATES);
    if (outcome.end === 'fault' || maxDepth !== undefined || outcome.distinct === 0) continue;
    finite++;
    await body(anew, await explored(anew(), searchByReference, {}));
  }
  return finite;
}

/** Specs, and the constants that make them small. */
const examples: (readonly [string, Spec, object])[] = [
  ...expected
    .filter(({ size }) => size === 'small')
    .map(
      ({ spec, constants = {} }) => [`${spec.name} ${JSON.stringify(constants)}`, spec, constants] as const,
    ),
  ['provisioning', provisioning.default as Spec, {}],
];

describe('depth first', () => {
  test('comes to the same states as the reference search, and finds the same to have fallen', async () => {
    let violations = 0;
    const finite = await eachFiniteSpec(async (anew, plain) => {
      const deep = await explored(anew(), searchDepthFirst, {});
      expect(found(deep)).toEqual(found(plain));
      expect(deep.end).toBe(plain.end);
      if (plain.end === 'exhausted') expect(counted(deep)).toEqual(counted(plain));
      if (plain.findings.length > 0) violations++;
      expect(await faultOfRuns(anew, searchDepthFirst)).toBeNull();
    });
    expect(finite).toBeGreaterThan(SPECS / 10);
    expect(violations).toBeGreaterThan(SPECS / 20);
  }, 300_000);

  test('tells whole states apart as the reference search does', async () => {
    await eachFiniteSpec(async (anew, plain) => {
      const deep = await explored(anew(), searchDepthFirst, { exact: true });
      expect([deep.end, found(deep)]).toEqual([plain.end, found(plain)]);
      if (plain.end === 'exhausted') expect(counted(deep)).toEqual(counted(plain));
    });
  }, 300_000);

  // Some spaces take the reference search half a minute.
  const few = examples.filter(([name]) => !/provisioning|minority/.test(name));

  test.each(few)(
    '%s',
    async (_, spec, constants) => {
      const model = bind(spec, { constants } as object);
      const options = { ...ALL, now: () => 0 };
      const plain = await searchByReference(new Evaluator(model), options);
      const deep = await searchDepthFirst(new Evaluator(model), options);
      expect([deep.end, found(deep)]).toEqual([plain.end, found(plain)]);
      if (plain.end === 'exhausted') expect(counted(deep)).toEqual(counted(plain));
    },
    60_000,
  );

  test('goes no deeper than its bound, and says that it did not see all', async () => {
    const { spec } = expected.find(({ example, verdict }) => example === 'die-hard' && verdict === 'holds')!;
    const { end, statistics } = await explored(spec, searchDepthFirst, { maxDepth: 4 });
    expect([end, statistics.depth]).toEqual(['depth', 4]);
    const all = await explored(spec, searchDepthFirst, {});
    expect(statistics.distinct).toBeLessThan(all.statistics.distinct);
  });

  test('ends where there are as many states as it may keep', async () => {
    const { spec } = expected.find(({ example, verdict }) => example === 'die-hard' && verdict === 'holds')!;
    const { end, statistics } = await explored(spec, searchDepthFirst, { maxStates: 7 });
    expect([end, statistics.distinct]).toEqual(['states', 7]);
  });
});

describe('random walks', () => {
  test('take steps that there are, and find what falls when there are many of them', async () => {
    let [all, missed] = [0, 0];
    await eachFiniteSpec(async (anew, plain) => {
      const walked = await explored(anew(), walking(300), { maxDepth: 30 });
      expect(['depth', 'violation', 'fault']).toContain(walked.end);
      const fell = plain.findings.map(({ property }) => property);
      const seen = walked.findings.map(({ property }) => property);
      expect(fell).toEqual(expect.arrayContaining(seen));
      expect(walked.statistics.distinct).toBeLessThanOrEqual(plain.statistics.distinct);
      all += fell.length;
      missed += fell.length - seen.length;
      expect(await faultOfRuns(anew, walking(20))).toBeNull();
    });
    expect(all).toBeGreaterThan(SPECS / 20);
    expect(missed / all).toBeLessThan(0.05);
  }, 300_000);

  test.each(examples)('%s', async (_, spec, constants) => {
    const model = bind(spec, { constants } as object);
    const options = { deadlock: true, keepGoing: false, now: () => 0, maxDepth: 40 };
    const evaluator = new Evaluator(model);
    const walked = await walking(40)(evaluator, options);
    expect(['depth', 'violation']).toContain(walked.end);
    expect(walked.statistics.generated).toBeGreaterThan(0);
    expect(conclude(model, evaluator, walked, options).verdict).toBe(
      walked.end === 'depth' ? 'incomplete' : 'violated',
    );
  });

  test.each(expected.filter(({ size, verdict }) => size === 'small' && verdict === 'violated'))(
    'find that $property falls in $example',
    async ({ spec, property, constants = {} }) => {
      const model = bind(spec, { constants } as object);
      const options = { deadlock: true, keepGoing: false, now: () => 0 };
      const { end, findings } = await walking(3000)(new Evaluator(model), options);
      expect([end, findings.map((finding) => finding.property)]).toEqual(['violation', [property]]);
    },
    60_000,
  );

  test('take steps that change nothing, too', async () => {
    const { action, spec } = language<{ readonly n: number }>();
    const still = spec({
      name: 'still',
      init: { n: 0 },
      actions: { wait: action({ effect: (s) => s }) },
    }) as Spec;
    const { statistics } = await explored(still, walking(1), { maxDepth: 5 });
    expect([statistics.depth, statistics.distinct, statistics.generated]).toEqual([5, 1, 5]);
  });

  test('go where their seed says', async () => {
    const { spec } = expected.find(({ example }) => example === 'two-phase-commit')!;
    const of = async (seed: number) => counted(await explored(spec, walking(5, seed), { maxDepth: 20 }));
    expect(await of(1)).toEqual(await of(1));
    expect(await of(1)).not.toEqual(await of(2));
  });
});
