import { check, language } from 'everystate';

const { action, spec } = language<{ readonly n: number }>();

test('a spec that throws while its parts are put together is broken, not a rejection', async () => {
  const result = await check(
    spec({
      name: 'torn',
      constants: { N: 1 },
      init: { n: 0 },
      actions: ({ N }) => {
        if (N === 1) throw new Error('no such N');
        return { step: action({ effect: (s) => ({ n: s.n }) }) };
      },
    }),
  );
  expect(result).toMatchObject({ verdict: 'broken', spec: 'torn', place: { part: 'declarations' } });
  expect(result.verdict === 'broken' && result.what).toContain('no such N');
});

test('a function that changes its mind when its run is taken again is broken, not a rejection', async () => {
  let calls = 0;
  const result = await check(
    spec({
      name: 'fickle',
      init: { n: 0 },
      actions: { step: action({ guard: (s) => s.n < 5 && calls++ < 3, effect: (s) => ({ n: s.n + 1 }) }) },
      invariants: { small: (s) => s.n < 2 },
    }),
  );
  expect(result.verdict).toBe('broken');
});
