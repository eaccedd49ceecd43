import { goals } from '../../bench/goals';
import { markdownTable } from '../../bench/markdown';
import { report } from '../../bench/report';
import { benchRecord, contestant, raceRecord, run } from './record';

const eight = (ours: number) =>
  raceRecord(
    'two-phase commit, RMS=8',
    10_000,
    contestant('everystate', [run(10_000, ours, { auditShare: 0.021 })]),
    contestant('spin, breadth first', [run(10_000, 3)]),
    contestant('spin, partial order', [run(8_000, 3)]),
    contestant('rumur', [], 'took longer than 300 s'),
    contestant('C by hand', [run(10_000, 1)]),
  );
const nine = raceRecord('two-phase commit, RMS=9', 60_000, contestant('everystate', [run(60_000, 16)]));
const paxos = raceRecord(
  'paxos, BALLOTS=2',
  500,
  contestant('everystate', [run(500, 0.5, { calls: 812, audits: 300 })]),
  contestant('plain loop', [run(500, 40)]),
);

test('a table is laid out as Prettier does', () => {
  expect(markdownTable(['model', 'n'], [['a', '1,000']])).toBe(
    ['| model |     n |', '| ----- | ----: |', '| a     | 1,000 |'].join('\n'),
  );
});

test('ratios stand where the counts agree, and a dash where not', () => {
  const text = report(benchRecord([eight(2)]));
  expect(text).toContain(
    [
      '| model                   | states | spin, breadth first | rumur | C by hand |',
      '| ----------------------- | -----: | ------------------: | ----: | --------: |',
      '| two-phase commit, RMS=8 | 10,000 |                1.50 |     – |      0.50 |',
    ].join('\n'),
  );
  expect(text).toContain('- two-phase commit, RMS=8, rumur: took longer than 300 s.');
  // For information only: its run is listed with its own count, and has no rate.
  expect(text).toMatch(
    /\| two-phase commit, RMS=8 \| spin, partial order \| +8,000 \| +3\.00 \| .* \| +– \|/,
  );
});

test('machine, versions, and who was left out and why', () => {
  const omitting = { ...eight(2), omitted: ['plain loop'] };
  const text = report(benchRecord([omitting], { missing: { 'spin, depth first': ['spin'] } }));
  expect(text).toContain('2001-02-03, everystate 0.1.0, commit 1a2b3c4; node 20.0.0, spin 6.5.2.');
  expect(text).toContain('Abacus, 2 cores, 8 GB, linux x64; load average 0.1 before and 1.1 after.');
  expect(text).toContain('- Not raced for want of spin: spin, depth first.');
  expect(text).toMatch(/- plain loop is left out .*: two-phase commit, RMS=8\./);
});

test('goals: reached, missed, not measured', () => {
  const reached = (races: Parameters<typeof benchRecord>[0]) =>
    goals(benchRecord(races)).map(({ goal, measured, reached }) => [goal.split(':')[0], measured, reached]);

  const good = reached([eight(2), nine, paxos]);
  expect(good).toContainEqual(['two-phase commit, RMS=8', '0.50', true]);
  expect(good).toContainEqual(['paxos, BALLOTS=2', '512, and 300 more to audit what was learned', true]);
  expect(good).toContainEqual(['paxos, BALLOTS=2', '80.0 by the clock, 80.0 by processor time', false]);
  expect(good).toContainEqual(['audits', '2.1 % (two-phase commit, RMS=8)', true]);
  // 3,750 states a second at six times the states, to 5,000.
  expect(good).toContainEqual([expect.stringMatching('rate at 10 million'), '0.75', true]);

  const bad = reached([eight(4)]);
  expect(bad).toContainEqual(['two-phase commit, RMS=8', '0.25', false]);
  expect(bad).toContainEqual(['every model', 'slower on two-phase commit, RMS=8 (0.75)', false]);
  expect(bad).toContainEqual(['paxos, BALLOTS=2', 'not measured', null]);

  // A search of a moment is no race.
  const small = raceRecord(
    'm',
    100,
    contestant('everystate', [run(100, 2)]),
    contestant('rumur', [run(100, 1)]),
  );
  expect(reached([small]).filter(([goal]) => goal === 'every model')).toEqual(
    Array(3).fill(['every model', 'not measured', null]),
  );
});

test('a small example is slower where its process takes over a tenth more', () => {
  const example = (title: string, learned: number, plain: number) => ({
    title,
    distinct: 16,
    learned: [run(16, learned)],
    plain: [run(16, plain)],
  });
  const goalOf = (...examples: ReturnType<typeof example>[]) =>
    goals(benchRecord([], { examples })).find(({ goal }) => goal.startsWith('no small example'));
  expect(goalOf(example('a', 0.019, 0.01), example('b', 0.1, 0.4))?.reached).toBe(true);
  expect(goalOf(example('a', 0.019, 0.01), example('b', 0.2, 0.1))).toMatchObject({
    measured: 'slower on b (by 50.0 %)',
    reached: false,
  });
});
