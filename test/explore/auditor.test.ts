import { Auditor } from '../../checker/explore/auditor';
import type { Hit } from '../../checker/explore/waitingHits';
import type { Learner } from '../../checker/learn/learner';

/** An auditor for which comparing a hit, and finding that all is as learned, takes a millisecond, and nothing else any. */
function auditorWithClock() {
  const clock = { now: 0 };
  const learner = {
    evaluator: { enabled: () => (clock.now++, false) },
    leaves: { firstStepOf: () => 0, stepsOf: () => 0 },
  } as unknown as Learner;
  const auditor = new Auditor(learner, () => clock.now);
  const compareAll = () => {
    const compared: Hit[] = [];
    for (let hit = auditor.nextHit; hit; hit = auditor.nextHit) {
      auditor.differing(hit, { row: hit.row, offset: 0, width: 1 }, {});
      compared.push(hit);
    }
    return compared;
  };
  return { clock, auditor, compareAll };
}

const hitOf = (actionIndex: number, leaf: number): Hit => ({
  instance: { actionIndex } as Hit['instance'],
  leaf,
  row: new Uint32Array(1),
  state: 0,
});

test('hits wait when the time for them is spent, and have their turn when there is more', () => {
  const { clock, auditor, compareAll } = auditorWithClock();
  for (let leaf = 0; leaf < 300; leaf++) auditor.hit(hitOf(0, leaf));
  const atOnce = compareAll().length;
  expect(atOnce).toBeGreaterThan(16);
  expect(auditor.unaudited).toBe(300 - atOnce);
  expect(compareAll().length).toBe(0);
  clock.now += 16_000; // the run goes on: 1 % of that is for comparing
  const all = atOnce + compareAll().length;
  expect(all).toBeGreaterThan(150);
  expect(all).toBeLessThan(170);
  expect(auditor.unaudited).toBe(300 - all);
});

test('every action has its first hits compared, whatever that takes and whoever waits', () => {
  const { auditor, compareAll } = auditorWithClock();
  for (let leaf = 0; leaf < 100; leaf++) auditor.hit(hitOf(0, leaf));
  const ofOne = compareAll().length;
  expect(ofOne).toBeLessThan(100);
  for (let action = 1; action < 10; action++)
    for (let k = 0; k < 16; k++) auditor.hit(hitOf(action, 1000 + action));
  expect(compareAll().length).toBe(9 * 16);
  expect(auditor.unaudited).toBe(100 - ofOne);
});

test('a leaf that has not been compared comes before one that has', () => {
  const { clock, auditor, compareAll } = auditorWithClock();
  clock.now = 1e6;
  for (const leaf of [...Array(20).keys(), ...Array(20).keys(), 20, 21]) auditor.hit(hitOf(0, leaf));
  const compared = compareAll().map(({ leaf }) => leaf);
  expect(compared).toHaveLength(42);
  expect(compared.indexOf(21)).toBeLessThan(compared.lastIndexOf(0));
});

test('what has waited to the end is compared there', () => {
  const { auditor, compareAll } = auditorWithClock();
  for (let leaf = 0; leaf < 300; leaf++) auditor.hit(hitOf(0, leaf));
  let compared = compareAll().length;
  while (auditor.nextFirstHit) compared++;
  expect(compared).toBe(300);
  expect(auditor.unaudited).toBe(0);
});

test('of more hits than can wait, all are accounted for', () => {
  const { auditor, compareAll } = auditorWithClock();
  for (let leaf = 0; leaf < 20_000; leaf++) auditor.hit(hitOf(0, leaf));
  const compared = compareAll().length;
  expect(auditor.unaudited).toBe(20_000 - compared);
});
