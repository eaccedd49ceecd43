import { FallBack } from '../../checker/explore/fallBack';

/**
 * How many misses it takes to give up, of so many calls a state of which some share is missed; none of 100,000. A miss
 * takes `miss` milliseconds, a plain call `call`.
 */
function missesUntilGivenUp(share: number, { calls = 1, miss = 0.05, call = 0.005 } = {}) {
  const clock = { now: 0 };
  const fallBack = new FallBack(
    () => clock.now,
    () => () => ((clock.now += calls * call), calls),
  );
  for (let misses = 1; misses <= 100_000; misses++) {
    fallBack.learn(() => (clock.now += miss));
    if (fallBack.miss(() => Math.ceil(misses / (share * calls)))) {
      expect(fallBack).toMatchObject({ direct: true, reason: expect.stringContaining('reads too much') });
      return misses;
    }
  }
  return undefined;
}

test('what is always asked for the first time is given up soon', () => {
  expect(missesUntilGivenUp(1)).toBe(512);
});

test('many instances have many firsts: that takes longer', () => {
  const misses = missesUntilGivenUp(1, { calls: 100 });
  expect(misses).toBeGreaterThan(1500);
  expect(misses).toBeLessThan(2500);
  expect(missesUntilGivenUp(1, { calls: 20 })).toBeLessThan(1100);
});

test('what takes longer to learn than to call is given up', () => {
  expect(missesUntilGivenUp(0.5)).toBeLessThan(5000);
  expect(missesUntilGivenUp(0.09)).toBeUndefined();
});

test('what takes long to call is kept however often it is missed', () => {
  expect(missesUntilGivenUp(0.5, { call: 0.03 })).toBeUndefined();
});

test('there is less patience where most of what is asked is new', () => {
  const late = (share: number): number => missesUntilGivenUp(share) as number;
  // Both lose on every miss; one by one call a miss more.
  expect(late(0.51)).toBeLessThan(late(0.49) * 0.6);
});

test('what was given up is tried again when that took little of the time', () => {
  const clock = { now: 0 };
  const fallBack = new FallBack(
    () => clock.now,
    () => () => ((clock.now += 0.001), 1),
  );
  const missesUntilDirect = (from: number): number => {
    let misses = 0;
    do {
      misses++;
      fallBack.learn(() => (clock.now += 1));
    } while (!fallBack.miss(() => from + 4 * misses));
    return misses;
  };
  const first = missesUntilDirect(0);
  expect(fallBack.again(10_000)).toBe(false);
  clock.now += 4 * first;
  expect(fallBack.again(10_000)).toBe(false);
  clock.now += 2 * first;
  expect(fallBack.again(10_000)).toBe(true);
  expect(fallBack).toMatchObject({ direct: false, reason: null });
  expect(fallBack.again(10_000)).toBe(false); // it is being learned
  missesUntilDirect(10_000);
  clock.now += 6 * first; // both attempts count
  expect(fallBack.again(20_000)).toBe(false);
  clock.now += 6 * first;
  expect(fallBack.again(20_000)).toBe(true);
});

test('what was given up for another reason is not tried again', () => {
  const clock = { now: 0 };
  const fallBack = new FallBack(
    () => clock.now,
    () => () => 1,
  );
  fallBack.give('untrackable');
  clock.now = 1e9;
  expect(fallBack.again(1)).toBe(false);
  expect(fallBack.reason).toBe('untrackable');
});
