import { searchBreadthFirst } from '../../checker/search/search';
import { searchByReference } from '../../checker/search/reference';
import { Memory } from '../../checker/kernel/memory';
import bakery from '../../examples/bakery/spec';
import twoPhaseCommit from '../../examples/two-phase-commit/spec';
import { language, type Spec } from 'everystate';
import { difference, outcomeOf } from '../oracle/compare';

afterEach(() => jest.restoreAllMocks());

test.each([
  ['two-phase commit', twoPhaseCommit as Spec, 40],
  ['bakery', bakery as Spec, 100],
])(
  '%s: when tables are nearly full, what is not learned yet is called plainly',
  async (_name, spec, after) => {
    const options = { keepGoing: false, deadlock: false };
    const plain = await outcomeOf(spec, searchByReference, options);
    let asked = 0;
    jest.spyOn(Memory.prototype, 'crowded', 'get').mockImplementation(() => ++asked > after);
    expect(difference(plain, await outcomeOf(spec, searchBreadthFirst, options))).toBeNull();
    expect(asked).toBeGreaterThan(after);
  },
);

test('what falls in a step that was taken plainly is told with the run to that very step', async () => {
  interface State {
    readonly n: number;
  }
  const { action, spec } = language<State>();
  const line = spec({
    name: 'line',
    init: { n: 0 },
    actions: { up: action({ guard: (s) => s.n < 60, effect: (s) => ({ n: s.n + 1 }) }) },
    actionProperties: { below: (_before: State, after: State) => after.n !== 50 },
  }) as Spec;
  jest.spyOn(Memory.prototype, 'crowded', 'get').mockReturnValue(true);
  const options = { keepGoing: false, deadlock: false };
  const plain = await outcomeOf(line, searchByReference, options);
  expect(plain.findings).toEqual({ below: 51 });
  expect(difference(plain, await outcomeOf(line, searchBreadthFirst, options))).toBeNull();
});
