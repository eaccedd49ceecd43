import { Map } from 'immutable';
import { check, language } from 'everystate';

/** A narrow row holds 16 bits a cell: beyond that the search begins anew with wide ones. */
test('a variable with more than 65,536 values', async () => {
  const { action, spec } = language<{ readonly n: number; readonly seen: Map<string, number> }>();
  const MOST = 66_000;
  const result = await check(
    spec({
      name: 'counter',
      init: { n: 0, seen: Map() },
      actions: {
        count: action({
          guard: (s) => s.n < MOST,
          effect: (s) => ({ n: s.n + 1, seen: s.seen.set('last', s.n) }),
        }),
      },
      invariants: { follows: (s) => s.n === 0 || s.seen.get('last') === s.n - 1 },
      final: (s) => s.n === MOST,
    }),
  );
  expect(result).toMatchObject({ verdict: 'holds', statistics: { distinct: MOST + 1, depth: MOST + 1 } });
}, 60_000);

test('an action property that asks for far more keys than states have cells', async () => {
  const { action, spec } = language<{ readonly n: number; readonly seen: Map<number, number> }>();
  const keys = Array.from({ length: 2000 }, (_, key) => key);
  const result = await check(
    spec({
      name: 'sparse',
      init: { n: 0, seen: Map() },
      actions: {
        put: action({ guard: (s) => s.n < 4, effect: (s) => ({ n: s.n + 1, seen: s.seen.set(s.n, s.n) }) }),
      },
      actionProperties: {
        keeps: (before, after) => keys.every((key) => !before.seen.has(key) || after.seen.has(key)),
      },
      final: (s) => s.n === 4,
    }),
  );
  expect(result).toMatchObject({ verdict: 'holds', statistics: { distinct: 5 } });
}, 30_000);
