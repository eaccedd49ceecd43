import { List } from 'immutable';
import { language, type Spec } from 'everystate';
import { check } from '../../checker/check';
import { searchBreadthFirst } from '../../checker/search/search';
import { searchByReference } from '../../checker/search/reference';
import { difference, outcomeOf } from '../oracle/compare';

const { action, invariant, spec } = language<{ readonly history: List<number>; readonly n: number }>();

const LENGTH = 12;

/** Specs of which hardly anything is asked twice: each state is its history, scrambled. Some number is forbidden. */
const scrambledBut = (forbidden: number) =>
  spec({
    name: 'scrambled',
    init: { history: List<number>(), n: 0 },
    actions: {
      add: action(
        { digit: [0, 1] },
        {
          guard: ({ history }) => history.size < LENGTH,
          effect: ({ history, n }, { digit }) => ({
            history: history.push(digit),
            n: (n * 31 + history.reduce((sum, k) => sum * 2 + k, 1) + digit) % 10_007,
          }),
        },
      ),
    },
    invariants: { allowed: invariant(({ n }) => n !== forbidden) },
  }) as Spec;
const scrambled = scrambledBut(-1);

test('where hardly anything is asked twice, the search begins again with variables kept whole', async () => {
  const { verdict, statistics } = await check(scrambled, { deadlock: false });
  expect(verdict).toBe('holds');
  expect(statistics.distinct).toBe(2 ** 13 - 1);
  expect(statistics.learning?.cells).toBe(2);
  expect(statistics.learning?.actions).toMatchObject([
    {
      action: 'add',
      plainly: expect.stringContaining('most of its answers are new'),
      reads: expect.any(Array),
    },
  ]);
  expect(statistics.learning?.actions[0]?.runs).toBeGreaterThanOrEqual(512);
  expect(statistics.learning?.actions[0]?.reads).toContain('history.0');
});

test.each([
  ['all of it', {}],
  ['a bound on states', { maxStates: 5000 }],
  ['a bound on depth', { maxDepth: 12 }],
  ['whole states', { exact: true }],
  ['several threads', { workers: 2, togetherFrom: 1 }],
])('it counts and finds what the plain search does: %s', async (_name, options) => {
  const all = { keepGoing: true, deadlock: true, ...options };
  const plain = await outcomeOf(scrambled as Spec, searchByReference, all);
  expect(difference(plain, await outcomeOf(scrambled as Spec, searchBreadthFirst, all))).toBeNull();
});

test('a violation is found after beginning again, with its shortest run', async () => {
  const late = scrambledBut(344); // eleven digits make it, and no fewer
  const options = { keepGoing: false, deadlock: false };
  const found = await outcomeOf(late, searchBreadthFirst, options);
  expect(found).toMatchObject({ end: 'violation', findings: { allowed: 12 } });
  expect(difference(await outcomeOf(late, searchByReference, options), found)).toBeNull();
});
