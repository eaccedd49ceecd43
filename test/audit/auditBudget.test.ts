import { AuditBudget } from '../../checker/audit/auditBudget';
import { POLICY } from '../../checker/learn/policy';
import { Spending } from '../../checker/learn/spending';
import type { Hit } from '../../checker/audit/auditQueue';

const { hits } = POLICY;
/** What comparing a hit takes here: 200 may be compared in any run. */
const EACH = hits.atLeast / 200;

/** Audits of a run in which comparing a hit takes as much, and nothing else anything. */
function auditsOf() {
  const spending = new Spending(POLICY, () => 0);
  const budget = new AuditBudget(spending);
  const compareAll = () => {
    const compared: Hit[] = [];
    for (let hit = budget.nextHit; hit; hit = budget.nextHit) {
      budget.ofHit(EACH);
      compared.push(hit);
    }
    return compared;
  };
  return { spending, budget, compareAll };
}

const hitOf = (actionIndex: number, leaf: number): Hit => ({
  instance: { actionIndex } as Hit['instance'],
  leaf,
  row: new Uint32Array(1),
  state: 0,
});

test('hits wait when what they may take is spent, and have their turn when there is more', () => {
  const { spending, budget, compareAll } = auditsOf();
  for (let leaf = 0; leaf < 300; leaf++) budget.hit(hitOf(0, leaf));
  const atOnce = compareAll().length;
  expect(atOnce).toBeGreaterThan(16);
  expect(budget.unaudited).toBe(300 - atOnce);
  expect(compareAll().length).toBe(0);
  expect(atOnce).toBe(201);
  spending.called((250 * EACH) / hits.share); // the run goes on: some of that is for comparing
  expect(atOnce + compareAll().length).toBe(251);
  expect(budget.unaudited).toBe(49);
});

test('every action has its first hits compared, whatever that takes and whoever waits', () => {
  const { budget, compareAll } = auditsOf();
  for (let leaf = 0; leaf < 300; leaf++) budget.hit(hitOf(0, leaf));
  const ofOne = compareAll().length;
  expect(ofOne).toBeLessThan(300);
  for (let action = 1; action < 10; action++)
    for (let k = 0; k < 16; k++) budget.hit(hitOf(action, 1000 + action));
  expect(compareAll().length).toBe(9 * 16);
  expect(budget.unaudited).toBe(300 - ofOne);
});

test('a leaf that has not been compared comes before one that has', () => {
  const { spending, budget, compareAll } = auditsOf();
  spending.called(1e9);
  for (const leaf of [...Array(20).keys(), ...Array(20).keys(), 20, 21]) budget.hit(hitOf(0, leaf));
  const compared = compareAll().map(({ leaf }) => leaf);
  expect(compared).toHaveLength(42);
  expect(compared.indexOf(21)).toBeLessThan(compared.lastIndexOf(0));
});

test('what has waited to the end is compared there', () => {
  const { budget, compareAll } = auditsOf();
  for (let leaf = 0; leaf < 300; leaf++) budget.hit(hitOf(0, leaf));
  let compared = compareAll().length;
  while (budget.nextFirstHit) compared++;
  expect(compared).toBe(300);
  expect(budget.unaudited).toBe(0);
});

test('leaves whose first hits are more than can wait are compared whatever that takes: none is left out', () => {
  const { budget, compareAll } = auditsOf();
  for (let leaf = 0; leaf < 20_000; leaf++) budget.hit(hitOf(0, leaf));
  let compared = compareAll().length;
  expect(compared).toBeGreaterThan(11_000);
  expect(budget.unaudited).toBe(20_000 - compared);
  while (budget.nextFirstHit) compared++;
  expect(compared).toBe(20_000);
});

/** Which of so many states are samples, where comparing one takes `each`, and expanding the n-th `pace(n)`. */
function samplesOf(states: number, each: number, pace: (visits: number) => number) {
  const { spending, budget } = auditsOf();
  const samples: number[] = [];
  for (let visits = 0; visits < states; visits++) {
    if (budget.due(visits)) {
      budget.ofState(visits, () => each);
      samples.push(visits);
    }
    spending.called(pace(visits));
  }
  return { total: spending.total, samples };
}

test('samples of whole states take a small share of what is done, however early and dear the first ones are', () => {
  // Learning makes the first states dear.
  const { total, samples } = samplesOf(100_000, 3000, (visits) => (visits < 1000 ? 1000 : 100));
  expect(samples.slice(0, 2)).toEqual([0, 1]);
  const share = (3000 * samples.length) / total;
  expect(share).toBeGreaterThan(0.003);
  expect(share).toBeLessThan(0.006);
  // The last ones come as late as the ones before them.
  expect(samples.at(-1)).toBeGreaterThan(90_000);
});

test('where they take next to nothing, a few more are taken at the beginning', () => {
  const { samples } = samplesOf(1000, 10, () => 10);
  expect(samples.slice(0, 16)).toEqual([...Array(16).keys()]);
});
