import { CONTEXT } from '../kernel/layout';
import type { Memory } from '../kernel/memory';
import type { Together } from './together';

/** Steps taken and states found, by action: by the main thread's kernel, and without it. */
export class Counts {
  private readonly taken: BigInt64Array;
  private readonly found: BigInt64Array;

  constructor(
    memory: Memory,
    actions: number,
    private readonly together: Together | undefined,
  ) {
    const counters = (field: number): BigInt64Array => {
      const address = memory.allocate(8 * Math.max(1, actions));
      memory.context(0)[field >> 2] = address;
      return new BigInt64Array(memory.buffer, address, actions);
    };
    this.taken = counters(CONTEXT.TAKEN_BY);
    this.found = counters(CONTEXT.NEW_BY);
  }

  /** A step of an action has been taken. */
  take(action: number): void {
    this.taken[action]!++;
  }

  /** It has led to a new state. */
  find(action: number): void {
    this.found[action]!++;
  }

  /** An action's, of all threads. */
  of(action: number): { readonly generated: number; readonly distinct: number } {
    const { taken, found, together } = this;
    return {
      generated: Number(taken[action]) + (together?.counted(CONTEXT.TAKEN_BY, action) ?? 0),
      distinct: Number(found[action]) + (together?.counted(CONTEXT.NEW_BY, action) ?? 0),
    };
  }
}
