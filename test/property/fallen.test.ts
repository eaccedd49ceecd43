import { check, language } from 'everystate';

/** Untyped: what is not pure is typed as anything else is. */
const { action, spec } = language<{ readonly n: number }>();

/** Calls something the first few times, and something else from then on. */
function wearingOff<T>(times: number, first: () => T, later: () => T): () => T {
  let left = times;
  return () => (left-- > 0 ? first() : later());
}

describe('a run is shown only if what was found is found again at its end', () => {
  test('an effect that leads elsewhere when the run is taken again', async () => {
    for (let times = 1; times < 12; times++) {
      const value = wearingOff(
        times,
        () => 1,
        () => 2,
      );
      const result = await check(
        spec({
          name: 'elsewhere',
          init: { n: 0 },
          actions: { go: action({ guard: ({ n }) => n === 0, effect: () => ({ n: value() }) }) },
          invariants: { never: ({ n }) => n !== 1 },
        }),
        { deadlock: false },
      );
      if (result.verdict === 'violated')
        expect(result.violations[0].trace?.steps.at(-1)?.state).toEqual({ n: 1 });
    }
  });

  test('an invariant that holds when it is asked again', async () => {
    const told = new Set<string>();
    for (let times = 1; times < 12; times++) {
      const falls = wearingOff(
        times,
        () => false,
        () => true,
      );
      const result = await check(
        spec({
          name: 'wavering',
          init: { n: 0 },
          actions: { stay: action({ effect: () => ({ n: 0 }) }) },
          invariants: { wavering: () => falls() },
        }),
      );
      expect(result.verdict).not.toBe('holds');
      if (result.verdict === 'broken') told.add(result.what);
    }
    expect([...told]).toContain('what was found could not be found again by taking the same steps');
  });
});
