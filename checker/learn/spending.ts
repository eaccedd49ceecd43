import { EXPANDING, STATE_CALLED, STEP_CALLED } from './cost';
import { POLICY, type Policy } from './policy';

/** What a search has done so far, in the units of cost.ts, and the policy by which it decides what is worth more of that. */
export class Spending {
  private learning = 0;
  private calling = 0;
  /** States from which steps were taken by calling, and instances that were asked for one. */
  calledStates = 0;
  calledInstances = 0;

  constructor(
    readonly policy: Policy = POLICY,
    /** States expanded so far. */
    private readonly visits: () => number,
  ) {}

  learned(cost: number): void {
    this.learning += cost;
  }

  called(cost: number): void {
    this.calling += cost;
  }

  /** A state has been put together for functions that are called. */
  calledState(): void {
    this.calledStates++;
    this.calling += STATE_CALLED;
  }

  /** Instances of an action are asked for steps by calling, which takes so much each. */
  calledAction(instances: number, each: number): void {
    this.calledInstances += instances;
    this.called(instances * each);
  }

  /** A step has been taken by calling. */
  calledStep(): void {
    this.calling += STEP_CALLED;
  }

  /** All of it, audits aside. */
  get total(): number {
    return this.visits() * EXPANDING + this.learning + this.calling;
  }
}
