import { Auditor, type Hit } from '../../checker/explore/auditor';
import type { Learner } from '../../checker/learn/learner';

/** An auditor for which comparing a hit takes a millisecond, and nothing else takes any. */
function auditorWithClock() {
  const clock = { now: 0 };
  const auditor = new Auditor({} as Learner, () => clock.now);
  jest.spyOn(auditor, 'compare').mockImplementation(() => void clock.now++);
  const compareAll = () => {
    let compared = 0;
    for (let hit = auditor.nextHit; hit; hit = auditor.nextHit, compared++)
      auditor.compareHit(hit, { row: hit.row, offset: 0, width: 1 }, {});
    return compared;
  };
  return { clock, auditor, compareAll };
}

const hitOf = (actionIndex: number): Hit => ({
  instance: { actionIndex } as Hit['instance'],
  leaf: 1,
  row: new Uint32Array(1),
  state: 0,
});

test('hits wait when the time for them is spent, and have their turn when there is more', () => {
  const { clock, auditor, compareAll } = auditorWithClock();
  for (let k = 0; k < 300; k++) auditor.hit(hitOf(0));
  const atOnce = compareAll();
  expect(atOnce).toBeGreaterThan(16);
  expect(auditor.unaudited).toBe(300 - atOnce);
  expect(compareAll()).toBe(0);
  clock.now += 4000; // the run goes on: a hundredth of that and more is for comparing
  const later = compareAll();
  expect(later).toBeGreaterThan(40);
  expect(later).toBeLessThan(60);
  expect(auditor.unaudited).toBe(300 - atOnce - later);
});

test('every action has its first hits compared, whatever that takes', () => {
  const { auditor, compareAll } = auditorWithClock();
  for (let action = 0; action < 10; action++) for (let k = 0; k < 16; k++) auditor.hit(hitOf(action));
  expect(compareAll()).toBe(160);
  expect(auditor.unaudited).toBe(0);
  auditor.hit(hitOf(9));
  expect(compareAll()).toBe(0);
});

test('of more hits than can wait, all are accounted for', () => {
  const { auditor, compareAll } = auditorWithClock();
  for (let k = 0; k < 10_000; k++) auditor.hit(hitOf(0));
  expect(auditor.unaudited).toBe(10_000);
  const compared = compareAll();
  expect(auditor.unaudited).toBe(10_000 - compared);
});
