import { Auditor } from '../../checker/explore/auditor';
import type { Hit } from '../../checker/explore/waitingHits';
import type { Learner } from '../../checker/learn/learner';
import type { PlainStates } from '../../checker/learn/plainState';

/** An auditor for which comparing a hit takes a millisecond, and nothing else takes any. */
function auditorWithClock() {
  const clock = { now: 0 };
  const auditor = new Auditor({} as Learner, {} as PlainStates, () => clock.now);
  jest.spyOn(auditor, 'compare').mockImplementation(() => void clock.now++);
  const compareAll = () => {
    let compared = 0;
    for (let hit = auditor.nextHit; hit; hit = auditor.nextHit, compared++)
      auditor.compareHit(hit, { row: hit.row, offset: 0, width: 1 }, {});
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
  const atOnce = compareAll();
  expect(atOnce).toBeGreaterThan(16);
  expect(auditor.unaudited).toBe(300 - atOnce);
  expect(compareAll()).toBe(0);
  clock.now += 8000; // the run goes on: two hundredths of that are for comparing
  const all = atOnce + compareAll();
  expect(all).toBeGreaterThan(150);
  expect(all).toBeLessThan(170);
  expect(auditor.unaudited).toBe(300 - all);
});

test('every action has its first hits compared, whatever that takes and whoever waits', () => {
  const { auditor, compareAll } = auditorWithClock();
  for (let leaf = 0; leaf < 100; leaf++) auditor.hit(hitOf(0, leaf));
  const ofOne = compareAll();
  expect(ofOne).toBeLessThan(100);
  for (let action = 1; action < 10; action++)
    for (let k = 0; k < 16; k++) auditor.hit(hitOf(action, 1000 + action));
  expect(compareAll()).toBe(9 * 16);
  expect(auditor.unaudited).toBe(100 - ofOne);
});

test('a leaf that has not been compared comes before one that has', () => {
  const { clock, auditor, compareAll } = auditorWithClock();
  clock.now = 1e6;
  for (const leaf of [...Array(20).keys(), ...Array(20).keys(), 20, 21]) auditor.hit(hitOf(0, leaf));
  const compared: number[] = [];
  jest.spyOn(auditor, 'compare').mockImplementation((_instance, leaf) => void compared.push(leaf));
  expect(compareAll()).toBe(42);
  expect(compared.indexOf(21)).toBeLessThan(compared.lastIndexOf(0));
});

test('what has waited to the end is compared there', () => {
  const { auditor, compareAll } = auditorWithClock();
  for (let leaf = 0; leaf < 300; leaf++) auditor.hit(hitOf(0, leaf));
  let compared = compareAll();
  while (auditor.nextFirstHit) compared++;
  expect(compared).toBe(300);
  expect(auditor.unaudited).toBe(0);
});

test('of more hits than can wait, all are accounted for', () => {
  const { auditor, compareAll } = auditorWithClock();
  for (let leaf = 0; leaf < 20_000; leaf++) auditor.hit(hitOf(0, leaf));
  const compared = compareAll();
  expect(auditor.unaudited).toBe(20_000 - compared);
});
