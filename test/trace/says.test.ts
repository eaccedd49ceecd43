import { check, language } from 'everystate';

const { action, invariant, spec } = language<{ readonly n: number }>();

test('a says that throws hides no violation, and says so in its place', async () => {
  const lost = (): never => {
    throw new RangeError('lost');
  };
  const silent = spec({
    name: 'silent',
    init: { n: 0 },
    actions: { up: action({ effect: (s) => ({ n: s.n + 1 }), says: lost }) },
    invariants: { low: invariant({}, (s) => s.n < 2, { says: lost }) },
  });
  const result = await check(silent);
  expect(result.verdict).toBe('violated');
  const [violation] = result.verdict === 'violated' ? result.violations : [];
  const said = '(its says is at fault: it threw RangeError: lost)';
  expect(violation).toMatchObject({ property: 'low', says: said });
  expect(violation?.trace?.steps.map(({ says }) => says)).toEqual([said, said]);
});
