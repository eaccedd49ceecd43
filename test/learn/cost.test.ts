import { costOfCalling, costOfLearning, runOf } from '../../checker/learn/cost';

test('a run that notes more, asks more predicates, or is going to be audited, costs more to learn', () => {
  const run = { noted: 6, asked: 0 };
  for (const more of [{ noted: 7 }, { asked: 1 }, { audited: true }])
    expect(costOfLearning({ ...run, ...more })).toBeGreaterThan(costOfLearning(run));
});

test('a call about the same state costs less than learning what it answers, and more where it reads more', () => {
  for (const run of [
    { noted: 0, asked: 0 },
    { noted: 30, asked: 0 },
    { noted: 3, asked: 500 },
  ]) {
    expect(costOfCalling(run)).toBeLessThan(costOfLearning(run));
    expect(costOfCalling({ ...run, noted: run.noted + 1 })).toBeGreaterThan(costOfCalling(run));
    expect(costOfCalling({ ...run, asked: run.asked + 1 })).toBeGreaterThan(costOfCalling(run));
  }
});

test('of what was learned it counts what was noted and how many predicates were asked', () => {
  const events = Array.from({ length: 3 }, () => ({}) as never);
  expect(runOf({ leaf: 2, events, asked: 5 })).toEqual({ noted: 3, asked: 5 });
});
