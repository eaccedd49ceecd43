import { alternate } from '../../bench/alternate';
import type { Runner } from '../../bench/contestants';
import type { Run } from '../../bench/record';
import { run } from './record';

const options = { rounds: 3, limit: 10, distinct: 100 };

/** Notes its turns in `turns`, and answers with one run after the other, the last one again and again. */
function runner(name: string, turns: string[], runs: readonly (Run | Error)[], informative = false): Runner {
  let next = 0;
  return {
    name,
    informative,
    run: () => {
      turns.push(name);
      const answer = runs[Math.min(next++, runs.length - 1)];
      if (answer === undefined || answer instanceof Error) throw answer;
      return answer;
    },
    dispose: () => undefined,
  };
}

test('contestants take turns', () => {
  const turns: string[] = [];
  const found = alternate(
    [runner('a', turns, [run(100, 1)]), runner('b', turns, [run(100, 1)])],
    options,
    () => undefined,
  );
  expect(turns.join('')).toBe('ababab');
  expect(found.map(({ runs }) => runs.length)).toEqual([3, 3]);
});

test('what takes long, or is raced for information, runs once', () => {
  const turns: string[] = [];
  alternate(
    [
      runner('a', turns, [run(100, 1)]),
      runner('slow', turns, [run(100, 60)]),
      runner('reduced', turns, [run(50, 1)], true),
    ],
    options,
    () => undefined,
  );
  expect(turns).toEqual(['a', 'slow', 'reduced', 'a', 'a']);
});

test('who comes to another count is out, and so are its earlier runs', () => {
  const turns: string[] = [];
  const [a, b, c] = alternate(
    [
      runner('a', turns, [run(100, 1)]),
      runner('b', turns, [run(100, 1), run(101, 1)]),
      runner('c', turns, [new Error('segmentation fault')]),
    ],
    options,
    () => undefined,
  );
  expect(turns.join('')).toBe('abcaba');
  expect(a?.failure).toBeUndefined();
  expect(b).toMatchObject({ runs: [], failure: 'found 101 distinct states, not 100' });
  expect(c).toMatchObject({ runs: [], failure: 'segmentation fault' });
});

test('where nobody has counted, the first count is what the others must come to', () => {
  const turns: string[] = [];
  const [, b] = alternate(
    [runner('a', turns, [run(100, 1)]), runner('b', turns, [run(99, 1)])],
    { ...options, distinct: null },
    () => undefined,
  );
  expect(b?.failure).toBe('found 99 distinct states, not 100');
});
