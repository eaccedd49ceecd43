import * as fc from 'fast-check';
import { language, type Spec } from 'everystate';
import { List, Map, Record, Set } from 'immutable';
import twoPhaseCommit from '../../examples/two-phase-commit/spec';
import type { ExploreOptions } from '../../checker/exploration';
import { SEEN_BASE } from '../../checker/kernel/codes';
import { HEADER } from '../../checker/kernel/layout';
import type { Memory } from '../../checker/kernel/memory';
import { bind } from '../../checker/model/bind';
import { Evaluator } from '../../checker/model/evaluator';
import { searchBreadthFirst } from '../../checker/search/search';
import { compileSpec, RandomSpecs } from '../oracle/randomSpec';
import { specSource } from '../oracle/source';

// The memories of searches, the last one's last.
const memories: Memory[] = [];
jest.mock('../../checker/store/fingerprintSet', () => {
  const { FingerprintSet } = jest.requireActual<typeof import('../../checker/store/fingerprintSet')>(
    '../../checker/store/fingerprintSet',
  );
  return {
    FingerprintSet: class extends FingerprintSet {
      constructor(...of: ConstructorParameters<typeof FingerprintSet>) {
        super(...of);
        memories.push(of[0]);
      }
    },
  };
});

/** The fingerprints of all states of a spec, by a search of some kind; undefined where it did not come to its end. */
async function fingerprints(
  spec: Spec,
  options: Partial<ExploreOptions> = {},
  constants = {},
): Promise<bigint[] | undefined> {
  const evaluator = new Evaluator(bind(spec, { constants }));
  const { end } = await searchBreadthFirst(evaluator, {
    deadlock: false,
    keepGoing: true,
    maxStates: 300_000,
    now: () => 0,
    ...options,
  });
  if (end !== 'exhausted') return undefined;
  const memory = memories.at(-1) as Memory;
  memories.length = 0;
  const bytes = memory.get(HEADER.SEEN_END) - SEEN_BASE;
  const found = new BigUint64Array(memory.buffer, SEEN_BASE, bytes >> 3).filter((key) => key !== 0n);
  return [...found.sort()];
}

const Job = Record({ by: '', left: 0 }, 'Job');

interface State {
  readonly queue: List<number>;
  readonly held: Map<string, Record<{ by: string; left: number }>>;
  readonly tags: Set<number>;
}
const { action, spec } = language<State>();

/** Jobs are put in a queue and held by workers; the actions in an order that a test gives. */
function jobs(order: (names: string[]) => string[]): Spec {
  const names = order(['put', 'take', 'work', 'tag', 'untag']);
  const actions = {
    put: action(
      { n: names.includes('x') ? [] : order(['1', '2', '3']).map(Number) },
      { guard: (s) => s.queue.size < 3, effect: (s, { n }) => ({ queue: s.queue.push(n) }) },
    ),
    take: action(
      { w: order(['a', 'b']) },
      {
        guard: (s, { w }) => s.queue.size > 0 && !s.held.has(w),
        effect: (s, { w }) => ({
          queue: s.queue.shift(),
          held: s.held.set(w, Job({ by: w, left: s.queue.first() ?? 0 })),
        }),
      },
    ),
    work: action(
      { w: order(['a', 'b']) },
      {
        guard: (s, { w }) => s.held.has(w),
        effect: (s, { w }) => ({ held: s.held.delete(w) }),
      },
    ),
    tag: action({ n: [1, 2] }, { effect: (s, { n }) => ({ tags: s.tags.add(n) }) }),
    untag: action({ effect: (s) => ({ tags: s.tags.clear() }) }),
  };
  return spec({
    name: 'jobs',
    init: { queue: List<number>(), held: Map(), tags: Set<number>() },
    actions: Object.fromEntries(names.map((name) => [name, actions[name as keyof typeof actions]])),
  }) as unknown as Spec;
}

describe('a state has one fingerprint', () => {
  test('in whatever order actions and their instances come', async () => {
    const forwards = await fingerprints(jobs((names) => names));
    expect(forwards?.length).toBeGreaterThan(1000);
    expect(await fingerprints(jobs((names) => names.reverse()))).toEqual(forwards);
  });

  test('by one thread and by two, learned and called', async () => {
    const of = (options: Partial<ExploreOptions>) =>
      fingerprints(twoPhaseCommit as Spec, options, { RMS: 4 });
    const alone = await of({});
    expect(alone?.length).toBe(1568);
    expect(await of({ workers: 2, togetherFrom: 1 })).toEqual(alone);
    expect(await of({ plainly: true, whole: false })).toEqual(alone);
  });

  test('of its own where each variable is one cell: another, but the same each time', async () => {
    const apart = await fingerprints(jobs((names) => names));
    const whole = await fingerprints(
      jobs((names) => names),
      { whole: true },
    );
    expect(whole?.length).toBe(apart?.length);
    expect(whole).not.toEqual(apart);
    expect(
      await fingerprints(
        jobs((names) => names.reverse()),
        { whole: true },
      ),
    ).toEqual(whole);
  });

  test('for ever: two-phase commit with three managers, all its states in one number', async () => {
    const all = await fingerprints(twoPhaseCommit as Spec, {}, { RMS: 3 });
    expect(all?.length).toBe(288);
    expect(all?.reduce((sum, one) => BigInt.asUintN(64, sum * 3n + one), 0n)).toBe(
      14_395_581_238_836_084_832n,
    );
  });

  test('in 100 random specs, learned or called, and by several threads', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(new RandomSpecs(), async (description) => {
        const source = specSource(description);
        const of = (options: Partial<ExploreOptions>) =>
          fingerprints(compileSpec(source), { maxStates: 300, whole: false, ...options }).catch(
            () => undefined,
          );
        const learned = await of({});
        if (!learned) return;
        compared++;
        expect(await of({ plainly: true })).toEqual(learned);
        expect(await of({ workers: 2, togetherFrom: 1 })).toEqual(learned);
      }),
      { numRuns: 100, seed: 11 },
    );
    expect(compared).toBeGreaterThan(30);
  });
});
