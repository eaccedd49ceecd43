import { check } from 'everystate';
import 'everystate/jest';
import { counter, overshoots, stuck, throwing } from './counter';

/** What a failing expectation says. */
function failure(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the expectation passed');
}

describe('toHold', () => {
  it('passes where every property holds', async () => {
    const result = await check(counter);
    expect(result).toHold();
    expect(failure(() => expect(result).not.toHold())).toMatch("expected 'counter' not to hold, but it does");
  });

  it('prints the counterexample and how to replay it', async () => {
    const result = await check(overshoots);
    expect(result).not.toHold();
    const message = failure(() => expect(result).toHold());
    expect(message).toContain('n: 3 → 4');
    expect(message).toContain("npx everystate replay FILE --variant overshoots --steps 'up; up; up; up'");
  });

  it('fails both ways for a search that is not finished', async () => {
    const result = await check(counter, { maxStates: 2 });
    expect(failure(() => expect(result).toHold())).toContain("this search can't tell");
    expect(failure(() => expect(result).not.toHold())).toContain('the limit of 2 distinct states');
  });

  it('fails both ways for a broken spec', async () => {
    const result = await check(throwing);
    expect(failure(() => expect(result).toHold())).toContain('it threw Error: no further');
    expect(failure(() => expect(result).not.toHold())).toContain('effect of up');
  });

  it('says so when the promise was not awaited', () => {
    expect(failure(() => expect(check(counter)).toHold())).toBe(
      'expect(…).toHold got a promise: write expect(await check(spec)).toHold(…)',
    );
  });

  it('says so when it gets something else', () => {
    expect(failure(() => expect('counter').toHold())).toContain('but got string');
    expect(failure(() => expect({ verdict: 'guilty' }).toHold())).toContain('but got object');
  });
});

describe('toViolate', () => {
  it('names the property, the length of the run and its last action', async () => {
    const result = await check(overshoots);
    expect(result).toViolate('small', { length: 5, lastAction: 'up' });
    expect(result).not.toViolate('small', { length: 4 });
    expect(failure(() => expect(result).toViolate('small', { length: 4, lastAction: 'down' }))).toMatch(
      'small falls, but its shortest run has 5 states (4 steps), not 4, and its last step is up, not down',
    );
    expect(failure(() => expect(result).not.toViolate('small'))).toContain('expected small not to fall');
  });

  it('fails where the property holds', async () => {
    const result = await check(counter);
    expect(result).not.toViolate('small');
    expect(result).not.toViolate('deadlock');
    expect(failure(() => expect(result).toViolate('small'))).toContain('but it holds');
  });

  it('cannot tell after a search that ended at another violation', async () => {
    const result = await check(overshoots);
    expect(failure(() => expect(result).not.toViolate('rises'))).toContain("can't tell");
  });

  it('knows deadlocks', async () => {
    expect(await check(stuck)).toViolate('deadlock', { length: 2 });
  });

  it('refuses a property that the search did not look at', async () => {
    const result = await check(counter, { properties: ['small'] });
    expect(failure(() => expect(result).not.toViolate('rises'))).toContain(
      "the search did not look at a property 'rises'",
    );
  });
});

describe('what would pass the opposite by a typo', () => {
  it('is refused: an option, an action, a length, a count', async () => {
    const result = await check(overshoots);
    expect(failure(() => expect(result).not.toViolate('small', { lenght: 5 } as never))).toBe(
      "expect(…).toViolate has no option 'lenght'; did you mean 'length'?",
    );
    expect(failure(() => expect(result).not.toViolate('small', { lastAction: 'upp' }))).toContain(
      "spec 'counter' has no action 'upp'; did you mean 'up'?",
    );
    expect(failure(() => expect(result).not.toViolate('small', { length: '5' } as never))).toContain(
      "length must be a whole number above 0, but is '5'",
    );
    expect(failure(() => expect(result).not.toHaveDistinctStates('5' as never))).toContain(
      "wants a whole number of states, but got '5'",
    );
    expect(failure(() => expect(result).not.toReach('top', { lastAction: 'up' } as never))).toContain(
      "expect(…).toReach has no option 'lastAction'",
    );
  });

  it('is refused: a deadlock that was not looked for', async () => {
    const result = await check(counter, { deadlock: false });
    expect(failure(() => expect(result).not.toViolate('deadlock'))).toContain(
      "did not look at a property 'deadlock'",
    );
  });

  it('does not pass: a run of what no state satisfies', async () => {
    const result = await check(stuck, { deadlock: false });
    expect(result).toViolate('top');
    expect(failure(() => expect(result).toViolate('top', { length: 3 }))).toContain('it has no run');
  });
});

test('a violation is what a failure says first, though a limit left something open', async () => {
  const result = await check(overshoots, { keepGoing: true, maxDepth: 5, maxSeconds: 50 });
  const message = failure(() => expect(result).toHold());
  expect(message).toContain('counter · overshoots · to depth 5 · at most 50 seconds');
  expect(message).toMatch(/violated {4}invariant small, after 4 steps\n/);
  expect(message).toContain('the limit of depth 5 was reached\n            undecided: rises, deadlock\n');
  expect(message).not.toContain('keepGoing');
  expect(failure(() => expect(result).not.toViolate('rises'))).toContain('violated    invariant small');
});

describe('toReach', () => {
  it('passes with the length of the shortest run', async () => {
    const result = await check(counter);
    expect(result).toReach('top', { length: 4 });
    expect(failure(() => expect(result).toReach('top', { length: 3 }))).toContain(
      'has 4 states (3 steps), not 3',
    );
    expect(failure(() => expect(result).not.toReach('top'))).toContain('after 3 steps');
  });

  it('fails where the space has no such state', async () => {
    const result = await check(stuck, { deadlock: false });
    expect(result).not.toReach('top');
    expect(failure(() => expect(result).toReach('top'))).toContain('no state satisfies it');
  });

  it('cannot tell after an unfinished search', async () => {
    const result = await check(counter, { maxDepth: 2 });
    expect(failure(() => expect(result).not.toReach('top'))).toContain("can't tell");
  });

  it('refuses an invariant', async () => {
    const result = await check(counter);
    expect(failure(() => expect(result).not.toReach('small'))).toContain('is no reachable property');
  });
});

describe('toHaveDistinctStates', () => {
  it('compares the count', async () => {
    const result = await check(counter);
    expect(result).toHaveDistinctStates(4);
    expect(result).not.toHaveDistinctStates(5);
    expect(failure(() => expect(result).toHaveDistinctStates(5))).toBe(
      "expected 5 distinct states, but 'counter' has 4",
    );
  });

  it('fails both ways for an unfinished search', async () => {
    const result = await check(counter, { maxDepth: 2 });
    expect(failure(() => expect(result).toHaveDistinctStates(2))).toContain("can't tell");
    expect(failure(() => expect(result).not.toHaveDistinctStates(5))).toContain("can't tell");
  });
});
