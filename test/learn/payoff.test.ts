import { Payoff } from '../../checker/learn/payoff';
import { Spending } from '../../checker/learn/spending';

const spending = (): Spending => new Spending(undefined, () => 0);

/** How many misses it takes to give up, of so many calls a state of which some share is missed; none of 100,000. */
function missesUntilGivenUp(share: number, { calls = 1, noted = 10, audited = false } = {}) {
  const payoff = new Payoff(spending(), () => ({ calls }));
  for (let misses = 1; misses <= 100_000; misses++)
    if (payoff.miss({ noted, asked: 0, audited }, () => Math.ceil(misses / (share * calls)))) return misses;
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
  expect(missesUntilGivenUp(0.06)).toBeUndefined();
});

test('that each leaf is to be audited counts as well', () => {
  expect(missesUntilGivenUp(0.06, { audited: true })).toBeLessThan(5000);
});

test('what asks many predicates takes as long to call as to learn, and is kept however often it is missed', () => {
  const payoff = new Payoff(spending());
  const given = Array.from({ length: 20_000 }, (_, k) => payoff.miss({ noted: 3, asked: 200 }, () => 3 * k));
  expect(given).not.toContain(true);
});

test('there is less patience where most of what is asked is new', () => {
  const late = (share: number): number => missesUntilGivenUp(share) as number;
  // Both lose on every miss; one by one call a miss more.
  expect(late(0.51)).toBeLessThan(late(0.49) * 0.6);
});

test('what states ask is told from what misses do: a guard that is out at its first look is cheap to call', () => {
  const missesUntilDirect = (noted: number | undefined): number | undefined => {
    const questions = { calls: 10, ...(noted !== undefined && { noted: noted * 10 }) };
    const payoff = new Payoff(spending(), () => questions);
    for (let misses = 1; misses <= 100_000; misses++)
      if (payoff.miss({ noted: 20, asked: 0 }, () => 1.4 * misses)) return misses;
    return undefined;
  };
  expect(missesUntilDirect(1)).toBeLessThan(10_000);
  expect(missesUntilDirect(undefined)).toBeUndefined();
});

test.each([
  [1, /^most of its answers are new \(512 new ones in 512 states\)$/],
  [0.2, /^learning it takes more than calling it \([\d,]+ new ones in [\d,]+ states\)$/],
])('why it is called is said as it is: %d of it new', (share, reason) => {
  const payoff = new Payoff(spending());
  let misses = 0;
  do misses++;
  while (!payoff.miss({ noted: 10, asked: 0 }, () => Math.round(misses / share)));
  expect(payoff.reason).toMatch(reason);
  const [news, states] = (payoff.reason?.match(/[\d,]+/g) ?? []).map((text) => +text.replace(',', ''));
  expect(news).toBe(misses);
  expect(states).toBe(Math.round(misses / share));
});

test('what was given up is tried again when calling it has taken longer than learning did', () => {
  const payoff = new Payoff(spending());
  const missesUntilDirect = (from: number): number => {
    let misses = 0;
    do misses++;
    while (!payoff.miss({ noted: 10, asked: 0 }, () => from + 2 * misses));
    return misses;
  };
  /** States until it is tried again. */
  const wait = (from: number): number => {
    let visits = from;
    while (!payoff.again(visits) && visits < 1e7) visits += 10;
    return visits - from;
  };
  const first = missesUntilDirect(0);
  const start = 2 * first;
  const once = wait(start);
  expect(once).toBeGreaterThan(10 * first);
  expect(payoff).toMatchObject({ direct: false, reason: null });
  expect(payoff.again(1e9)).toBe(false); // it is being learned
  const second = missesUntilDirect(start + once);
  const twice = wait(start + once + 2 * second); // both attempts count
  expect(twice / once).toBeCloseTo((first + second) / first, 1);
});

test('what was given up for another reason is not tried again', () => {
  const payoff = new Payoff(spending());
  payoff.give('untrackable');
  expect(payoff.again(1e9)).toBe(false);
  expect(payoff.reason).toBe('untrackable');
});
