import { median } from '../../bench/median';
import { rate, ratio, seconds } from '../../bench/ratios';
import { contestant, raceRecord, run } from './record';

const ours = contestant('everystate', [run(100, 1), run(100, 3), run(100, 2)]);

test('the median is the middle one, or lies between the two in the middle', () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([7])).toBe(7);
  expect(median([])).toBeNaN();
});

test('a ratio is of the medians: above 1 where ours is faster', () => {
  const race = raceRecord('m', 100, ours, contestant('rumur', [run(100, 5), run(100, 9), run(100, 6)]));
  expect(ratio(race, 'rumur')).toBe(3);
  expect(ratio(race, 'rumur', 'elapsed')).toBe(3);
  expect(ratio(race, 'everystate')).toBe(1);
  expect(rate(race, 'everystate')).toBe(50);
});

test('there is no ratio where the counts differ', () => {
  const other = contestant('spin, partial order', [run(99, 1)]);
  expect(ratio(raceRecord('m', 100, ours, other), 'spin, partial order')).toBeNull();
  // Nor where ours is the one that is wrong, though the peer be right.
  expect(ratio(raceRecord('m', 99, ours, contestant('rumur', [run(99, 1)])), 'rumur')).toBeNull();
  expect(rate(raceRecord('m', 99, ours), 'everystate')).toBeNull();
});

test('nor where one of them was not there or did not get to its end', () => {
  expect(ratio(raceRecord('m', 100, ours), 'rumur')).toBeNull();
  expect(ratio(raceRecord('m', 100, ours, contestant('rumur', [], 'took too long')), 'rumur')).toBeNull();
  expect(ratio(undefined, 'rumur')).toBeNull();
  expect(seconds(contestant('rumur', []))).toBeNull();
});

test('where nobody else has counted, ours need to agree with one another', () => {
  const race = (plain: number) => raceRecord('m', null, ours, contestant('plain loop', [run(plain, 4)]));
  expect(ratio(race(100), 'plain loop')).toBe(2);
  expect(ratio(race(101), 'plain loop')).toBeNull();
});
