import { AuditTimes } from '../../checker/explore/auditTimes';
import type { Hit } from '../../checker/explore/waitingHits';

/** Times of a run in which comparing a hit takes a millisecond, and nothing else any. */
function timesByClock() {
  const clock = { now: 0 };
  const times = new AuditTimes(() => clock.now);
  const compareAll = () => {
    const compared: Hit[] = [];
    for (let hit = times.nextHit; hit; hit = times.nextHit) {
      times.ofHit(() => clock.now++);
      compared.push(hit);
    }
    return compared;
  };
  return { clock, times, compareAll };
}

const hitOf = (actionIndex: number, leaf: number): Hit => ({
  instance: { actionIndex } as Hit['instance'],
  leaf,
  row: new Uint32Array(1),
  state: 0,
});

test('hits wait when the time for them is spent, and have their turn when there is more', () => {
  const { clock, times, compareAll } = timesByClock();
  for (let leaf = 0; leaf < 300; leaf++) times.hit(hitOf(0, leaf));
  const atOnce = compareAll().length;
  expect(atOnce).toBeGreaterThan(16);
  expect(times.unaudited).toBe(300 - atOnce);
  expect(compareAll().length).toBe(0);
  clock.now += 16_000; // the run goes on: 1 % of that is for comparing
  const all = atOnce + compareAll().length;
  expect(all).toBeGreaterThan(150);
  expect(all).toBeLessThan(170);
  expect(times.unaudited).toBe(300 - all);
});

test('every action has its first hits compared, whatever that takes and whoever waits', () => {
  const { times, compareAll } = timesByClock();
  for (let leaf = 0; leaf < 100; leaf++) times.hit(hitOf(0, leaf));
  const ofOne = compareAll().length;
  expect(ofOne).toBeLessThan(100);
  for (let action = 1; action < 10; action++)
    for (let k = 0; k < 16; k++) times.hit(hitOf(action, 1000 + action));
  expect(compareAll().length).toBe(9 * 16);
  expect(times.unaudited).toBe(100 - ofOne);
});

test('a leaf that has not been compared comes before one that has', () => {
  const { clock, times, compareAll } = timesByClock();
  clock.now = 1e6;
  for (const leaf of [...Array(20).keys(), ...Array(20).keys(), 20, 21]) times.hit(hitOf(0, leaf));
  const compared = compareAll().map(({ leaf }) => leaf);
  expect(compared).toHaveLength(42);
  expect(compared.indexOf(21)).toBeLessThan(compared.lastIndexOf(0));
});

test('what has waited to the end is compared there', () => {
  const { times, compareAll } = timesByClock();
  for (let leaf = 0; leaf < 300; leaf++) times.hit(hitOf(0, leaf));
  let compared = compareAll().length;
  while (times.nextFirstHit) compared++;
  expect(compared).toBe(300);
  expect(times.unaudited).toBe(0);
});

test('of more hits than can wait, all are accounted for', () => {
  const { times, compareAll } = timesByClock();
  for (let leaf = 0; leaf < 20_000; leaf++) times.hit(hitOf(0, leaf));
  const compared = compareAll().length;
  expect(times.unaudited).toBe(20_000 - compared);
});

/** Which of so many states are samples, where comparing one takes `each` milliseconds, and expanding the n-th `pace(n)`. */
function samplesOf(states: number, each: number, pace: (visits: number) => number) {
  const { clock, times } = timesByClock();
  const samples: number[] = [];
  for (let visits = 0; visits < states; visits++) {
    if (times.due(visits)) {
      times.ofState(visits, () => (clock.now += each));
      samples.push(visits);
    }
    clock.now += pace(visits);
  }
  return { clock, samples };
}

test('samples of whole states take a small share of the time, however early and dear the first ones are', () => {
  // Learning makes the first states slow.
  const { clock, samples } = samplesOf(100_000, 3, (visits) => (visits < 1000 ? 1 : 0.1));
  expect(samples.slice(0, 2)).toEqual([0, 1]);
  const share = (3 * samples.length) / clock.now;
  expect(share).toBeGreaterThan(0.003);
  expect(share).toBeLessThan(0.006);
  // The last ones come as late as the ones before them.
  expect(samples.at(-1)).toBeGreaterThan(90_000);
});

test('where they take next to nothing, a few more are taken at the beginning', () => {
  const { samples } = samplesOf(1000, 0.01, () => 0.01);
  expect(samples.slice(0, 16)).toEqual([...Array(16).keys()]);
});
