import { EXPANDING, STATE_CALLED, STEP_CALLED } from '../../checker/learn/cost';
import { POLICY } from '../../checker/learn/policy';
import { Spending } from '../../checker/learn/spending';

test('a search has spent what learning, calling and expanding took, each counted once', () => {
  let visits = 0;
  const spending = new Spending(undefined, () => visits);
  expect(spending.total).toBe(0);
  visits = 100;
  spending.learned(7);
  spending.called(5);
  expect(spending.total).toBe(100 * EXPANDING + 7 + 5);
});

test('a state put together for called functions, and a step taken by calling, cost what they always do', () => {
  const spending = new Spending(undefined, () => 0);
  spending.calledState();
  spending.calledStep();
  expect(spending.total).toBe(STATE_CALLED + STEP_CALLED);
});

test('it is known how many states were put together, and how many instances asked, for called functions', () => {
  const spending = new Spending(undefined, () => 0);
  spending.calledState();
  spending.calledAction(4, 0.5);
  spending.calledAction(2, 1);
  expect(spending).toMatchObject({ calledStates: 1, calledInstances: 6, total: STATE_CALLED + 4 });
});

test('the policy is the one by counts where no other is handed in', () => {
  expect(new Spending(undefined, () => 0).policy).toBe(POLICY);
  const policy = { ...POLICY, look: 3 };
  expect(new Spending(policy, () => 0).policy).toBe(policy);
});
