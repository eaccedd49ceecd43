import { POLICY, type Tally } from '../../checker/learn/policy';

/** A function of one instance, as dear to learn as to call, of which one question in ten was new. */
const tally: Tally = {
  misses: 1000,
  learning: 10_000,
  visits: 10_000,
  calls: 1,
  call: 1,
  lately: { misses: 512, visits: 5120 },
};

test('a function is kept learned where calling it in every state would have taken as much', () => {
  expect(POLICY.givesUp(tally)).toBe(false);
});

test('it is given up where learning has taken more than that, by more than a patience', () => {
  expect(POLICY.givesUp({ ...tally, learning: 10_000 + 25_000 })).toBe(false);
  expect(POLICY.givesUp({ ...tally, learning: 10_000 + 25_001 })).toBe(true);
});

test('the patience is shorter where most of what is asked is new and every instance has had its firsts', () => {
  const lately = { misses: 512, visits: 600 };
  const mostlyNew = { ...tally, learning: 10_000 + 4_001, lately };
  expect(POLICY.givesUp({ ...tally, learning: 10_000 + 4_001 })).toBe(false);
  expect(POLICY.givesUp(mostlyNew)).toBe(true);
  expect(POLICY.givesUp({ ...mostlyNew, calls: 100, call: 0.01 })).toBe(false);
});

test('it is given up, whatever that took, where nearly all it was ever asked was new', () => {
  const cheap = { ...tally, learning: 0 };
  expect(POLICY.givesUp({ ...cheap, visits: 1000 })).toBe(true);
  expect(POLICY.givesUp({ ...cheap, visits: 1100 })).toBe(false);
  expect(POLICY.givesUp({ ...cheap, visits: 100, calls: 10 })).toBe(false); // 100 misses an instance
});

test('it is tried again when calling has taken twice as much as learning ever did', () => {
  expect(POLICY.triesAgain({ learning: 100, calling: 199 })).toBe(false);
  expect(POLICY.triesAgain({ learning: 100, calling: 200 })).toBe(true);
});

test('variables are kept whole where learning spares no more than half of what is called all the same', () => {
  expect(POLICY.keepsWhole(50, 100)).toBe(true);
  expect(POLICY.keepsWhole(51, 100)).toBe(false);
});

test('root tables are made anew after a quarter of all misses, and no fewer than 256', () => {
  expect(POLICY.sortsAnew(255, 300)).toBe(false);
  expect(POLICY.sortsAnew(256, 300)).toBe(true);
  expect(POLICY.sortsAnew(256, 4000)).toBe(false);
  expect(POLICY.sortsAnew(1000, 4000)).toBe(true);
});

test('audits may take 1.9 % of a run together, or a fixed allowance of each kind where that is more', () => {
  const { hits, learned, states } = POLICY;
  expect(hits.share + learned.share + states.share).toBeCloseTo(0.019);
  for (const { atLeast } of [hits, learned, states]) expect(atLeast).toBeGreaterThan(1000);
});
