import { CONTEXT } from './layout';
import type { Memory } from './memory';

/** Steps taken and states found, by action: by the kernels of all threads, and without one. */
export class Counters {
  /** By thread, the main one's first. */
  private readonly taken: readonly BigInt64Array[];
  private readonly found: readonly BigInt64Array[];

  constructor(memory: Memory, actions: number, threads: number) {
    const counters = (field: number): BigInt64Array[] =>
      Array.from({ length: threads }, (_, thread) => {
        const address = memory.allocate(8 * Math.max(1, actions));
        memory.context(thread)[field >> 2] = address;
        return new BigInt64Array(memory.buffer, address, actions);
      });
    this.taken = counters(CONTEXT.TAKEN_BY);
    this.found = counters(CONTEXT.NEW_BY);
  }

  /** A step of an action has been taken. */
  take(action: number): void {
    (this.taken[0] as BigInt64Array)[action]!++;
  }

  /** It has led to a new state. */
  find(action: number): void {
    (this.found[0] as BigInt64Array)[action]!++;
  }

  /** An action's. */
  of(action: number): { readonly generated: number; readonly distinct: number } {
    return { generated: sumOf(this.taken, action), distinct: sumOf(this.found, action) };
  }

  /** Steps taken, of all actions. */
  get generated(): number {
    let sum = 0;
    for (const counters of this.taken) for (const count of counters) sum += Number(count);
    return sum;
  }
}

function sumOf(all: readonly BigInt64Array[], action: number): number {
  return all.reduce((sum, counters) => sum + Number(counters[action]), 0);
}
