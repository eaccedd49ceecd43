import { check, type Result, type Trace } from 'everystate';
import jugs, { unsolvable } from '../../examples/die-hard/spec';
import philosophers from '../../examples/dining-philosophers/spec';
import { expected, type Expected } from '../../examples/expected';
import paxos from '../../examples/paxos/spec';

const checkRow = ({ spec, constants = {}, deadlock = true }: Expected): Promise<Result> =>
  check(spec, { constants, deadlock });

const title = (row: Expected): string =>
  [
    row.spec.name,
    ...Object.entries(row.constants ?? {}).map(([name, value]) => `${name}=${value}`),
    ...(row.deadlock === false ? ['(deadlocks allowed)'] : []),
    row.verdict === 'holds' ? `holds in ${row.distinct} states` : `violates ${row.property}`,
  ].join(' ');

/** The only violation, of which there must be one with a trace. */
function counterexample(result: Result): Trace {
  if (result.verdict !== 'violated') throw new Error(`expected a violation, got ${result.verdict}`);
  const [{ trace }] = result.violations;
  if (!trace) throw new Error('expected a trace');
  return trace;
}

const small = expected.filter(({ size }) => size === 'small');

describe('the small examples come out as expected', () => {
  const holding = small.filter(({ verdict }) => verdict === 'holds');
  test.each(holding.map((row) => [title(row), row] as const))('%s', async (_, row) => {
    const { verdict, statistics } = await checkRow(row);
    expect({ verdict, distinct: statistics.distinct }).toEqual({ verdict: 'holds', distinct: row.distinct });
    if (row.generated !== undefined) expect(statistics.generated).toBe(row.generated);
    if (row.depth !== undefined) expect(statistics.depth).toBe(row.depth);
  });

  const violated = small.filter(({ verdict }) => verdict === 'violated');
  test.each(violated.map((row) => [title(row), row] as const))('%s', async (_, row) => {
    const result = await checkRow(row);
    expect(result.verdict === 'violated' && result.violations.map(({ property }) => property)).toEqual([
      row.property,
    ]);
    expect(counterexample(result).length).toBe(row.trace);
  });
});

test('every row says where its numbers come from', () => {
  for (const { source, verdict, distinct, property, trace } of expected) {
    expect(source).not.toBe('');
    expect(verdict === 'holds' ? [distinct] : [property, trace]).not.toContain(undefined);
  }
});

test('the shortest way to four gallons takes six steps', async () => {
  const { initial, steps } = counterexample(await check(unsolvable));
  expect([initial, ...steps.map(({ state }) => state)].map(({ big, small }) => [big, small])).toEqual([
    [0, 0],
    [5, 0],
    [2, 3],
    [2, 0],
    [0, 2],
    [5, 2],
    [4, 3],
  ]);
  expect(steps.map(({ says }) => says)).toEqual([
    'fill the big jug',
    'pour the big jug into the small one',
    'empty the small jug',
    'pour the big jug into the small one',
    'fill the big jug',
    'pour the big jug into the small one',
  ]);
});

test('four gallons are reached without a claim to the contrary, too', async () => {
  const result = await check(jugs);
  expect(result.verdict).toBe('holds');
  if (result.verdict === 'holds') expect(result.reached.goal?.length).toBe(7);
});

test('the philosophers deadlock each with one fork in hand', async () => {
  const { steps } = counterexample(await check(philosophers));
  // Whoever goes first, everybody takes the first fork, and only that.
  expect(steps.map(({ action }) => action)).toEqual(Array(5).fill('takeFirst'));
  expect(steps.map(({ parameters }) => parameters.p).sort()).toEqual([1, 2, 3, 4, 5]);
  expect(steps.at(-1)?.state.forks).toHaveProperty('size', 0);
});

test('a spec whose promises are never kept is not vacuously right: a reachable property falls', async () => {
  const result = await check(paxos, { constants: { BALLOTS: 0, VALUES: 0 } });
  expect(result.verdict).toBe('violated');
  if (result.verdict === 'violated') {
    expect(result.violations).toEqual([
      expect.objectContaining({ kind: 'reachable', property: 'everyoneVotesInTheLastBallot' }),
    ]);
    expect(result.violations[0]).not.toHaveProperty('trace');
  }
});
