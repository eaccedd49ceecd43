import { check, language } from 'everystate';
import { reportText } from '../../checker/report/index';
import dieHard from '../../examples/die-hard/spec';

test('--stats tells an action a line what was run and read, and how states are told apart', async () => {
  const result = await check(dieHard);
  const text = reportText(result, { stats: true });
  expect(text).toMatch(/^action +steps +runs +hits +cells +reads$/m);
  for (const { action } of result.statistics.actions)
    expect(text).toMatch(new RegExp(`^${action} +\\d+`, 'm'));
  expect(text).toMatch(/^property +runs +cells +reads$/m);
  for (const property of result.properties) expect(text).toMatch(new RegExp(`^${property} +\\d+`, 'm'));
  expect(text).toMatch(/big small$/m);
  expect(text).toContain('a state was missed with probability');
  expect(reportText(result)).toContain('a state was missed with probability');
});

test('what could not be learned is told without a share of hits', async () => {
  const { action, spec } = language<{ readonly n: number }>();
  const random = spec({
    name: 'random',
    init: { n: 1 },
    actions: { next: action({ effect: ({ n }) => ({ n: (n * 48_271) % 10_007 }) }) },
  });
  const text = reportText(await check(random), { stats: true });
  expect(text).toMatch(
    /^next +10,006 +512 +– +1 +run plainly: most of its answers are new \(512 new ones in 512 states\)\. n$/m,
  );
  expect(text).toMatch(/^1 cell a state, each a whole variable; [\d.]+ bytes kept/m);
});

test('what a search learned is told as data', async () => {
  const { learning, distinct } = (await check(dieHard)).statistics;
  expect(learning).toMatchObject({ cells: 2, calls: expect.any(Number) });
  expect(learning?.bytesAState).toBeGreaterThan(8);
  expect(distinct).toBe(16);
});
