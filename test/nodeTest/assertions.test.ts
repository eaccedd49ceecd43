import { AssertionError } from 'node:assert';
import { check, type Result } from 'everystate';
import { matchers } from 'everystate/matchers';
import * as assertions from 'everystate/node-test';
import { channel, received, reliable, sent } from '../validate/channel';
import { counter, overshoots, stuck, throwing } from '../jest/counter';

const {
  assertDoesNotExplain,
  assertDoesNotHold,
  assertDoesNotReach,
  assertDoesNotViolate,
  assertExplains,
  assertHasDistinctStates,
  assertHolds,
  assertReaches,
  assertViolates,
} = assertions;

/** What a failing assertion throws. */
function failure(assertion: () => void): AssertionError {
  try {
    assertion();
  } catch (error) {
    if (error instanceof AssertionError) return error;
    throw error;
  }
  throw new Error('the assertion passed');
}

/** What a matcher says, whether it passed or not, or throws. */
function said(matcher: keyof typeof matchers, ...judged: [unknown, ...unknown[]]): string {
  try {
    const judgement = matchers[matcher](...judged);
    if (judgement instanceof Promise) throw new Error('this one must be awaited');
    return judgement.message();
  } catch (error) {
    return (error as Error).message;
  }
}

describe('assertions', () => {
  it('pass where the matchers do', async () => {
    const holds = await check(counter);
    const falls = await check(overshoots);
    assertHolds(holds);
    assertDoesNotHold(falls);
    assertViolates(falls, 'small', { length: 5, lastAction: 'up' });
    assertDoesNotViolate(holds, 'small');
    assertReaches(holds, 'top', { length: 4 });
    assertDoesNotReach(await check(stuck, { deadlock: false }), 'top');
    assertHasDistinctStates(holds, 4);
    await assertExplains(channel, [sent(1), received(1), received(1)]);
    await assertDoesNotExplain(reliable, [sent(1), received(1), received(1)]);
  });

  it("fail with the matchers' message", async () => {
    const holds = await check(counter);
    const falls = await check(overshoots);
    const lost = await check(stuck, { deadlock: false });
    const cases: [() => void, string][] = [
      [() => assertHolds(falls), said('toHold', falls)],
      [() => assertDoesNotHold(holds), said('toHold', holds)],
      [() => assertViolates(holds, 'small'), said('toViolate', holds, 'small')],
      [() => assertViolates(falls, 'small', { length: 4 }), said('toViolate', falls, 'small', { length: 4 })],
      [() => assertDoesNotViolate(falls, 'small'), said('toViolate', falls, 'small')],
      [() => assertReaches(lost, 'top'), said('toReach', lost, 'top')],
      [() => assertDoesNotReach(holds, 'top'), said('toReach', holds, 'top')],
      [() => assertHasDistinctStates(holds, 5), said('toHaveDistinctStates', holds, 5)],
    ];
    for (const [assertion, message] of cases) expect(failure(assertion).message).toBe(message);
    expect(failure(() => assertHolds(falls)).message).toContain('n: 3 → 4');
  });

  it('fail both ways where the search cannot tell', async () => {
    for (const result of [await check(counter, { maxStates: 2 }), await check(throwing)]) {
      const message = said('toHold', result);
      expect(message).toContain("this search can't tell");
      expect(failure(() => assertHolds(result)).message).toBe(message);
      expect(failure(() => assertDoesNotHold(result)).message).toBe(message);
      for (const assertion of [assertViolates, assertDoesNotViolate])
        expect(failure(() => assertion(result, 'small')).message).toBe(said('toViolate', result, 'small'));
      for (const assertion of [assertReaches, assertDoesNotReach])
        expect(failure(() => assertion(result, 'top')).message).toBe(said('toReach', result, 'top'));
    }
    const far = [sent(1), sent(2), received(3)];
    for (const assertion of [assertExplains, assertDoesNotExplain])
      await expect(assertion(channel, far, { maxStates: 4 })).rejects.toThrow("this search can't tell");
  });

  it('name themselves, and the line of the test that they are in', async () => {
    const result = await check(overshoots);
    const error = failure(() => assertHolds(result));
    expect(error.operator).toBe('assertHolds');
    expect(error.stack?.split('\n    at ')[1]).toMatch(/assertions\.test\.ts/);
    expect(failure(() => assertHolds(check(counter) as unknown as Result)).message).toBe(
      'assertHolds got a promise: write assertHolds(await check(spec))',
    );
    expect(failure(() => assertReaches(result, 'smal' as 'small')).message).toContain(
      "the search did not look at a property 'smal'",
    );
    await expect(assertExplains(counter, 'sent' as never)).rejects.toThrow(
      'assertExplains wants a list of events, but got string',
    );
    await expect(assertExplains(counter, [])).rejects.toBeInstanceOf(AssertionError);
  });

  it('are there for each matcher', () => {
    expect(Object.keys(matchers)).toHaveLength(5);
    expect(Object.keys(assertions).filter((name) => /^assert(?!DoesNot)/.test(name))).toHaveLength(5);
  });
});
