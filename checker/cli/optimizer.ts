import { setFlagsFromString } from 'node:v8';

/**
 * The setting under which a version of V8 optimizes only what has run for long; null where it does so by itself.
 *
 * Most functions of a search run some hundred times while it learns, and hardly ever after. That of Node 20 optimizes
 * them all the same: 185,369 states of Paxos took 0.33 s by the clock and 0.53 s of two processors, without 0.27 and
 * 0.34, and the compiler's threads kept other threads of the search from theirs. Later ones wait for some thousand calls.
 * V8 reads the setting whenever it gives a function time, so that it can be changed in a process that runs.
 */
export function restraint(v8: string): string | null {
  return v8.startsWith('11.3.') ? '--interrupt-budget=400000' : null;
}

/** Keeps this process from optimizing functions that are soon done with. For a process that is ours alone. */
export function restrainOptimizer(): void {
  const flag = restraint(process.versions.v8);
  if (flag !== null) setFlagsFromString(flag);
}
