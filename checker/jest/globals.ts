import type { Runner } from '../testing/describeSpec';

/** What of Jest is used; `globalThis` has it, or `@jest/globals` where Jest was told not to inject it. */
interface JestGlobals extends Runner {
  readonly expect: { extend(matchers: object): void };
}

/** Jest's functions, or those of a runner that passes for it. Throws where there are none. */
export function jestGlobals(): JestGlobals {
  const globals = globalThis as unknown as Partial<JestGlobals>;
  if (globals.expect && globals.describe && globals.test) return globals as JestGlobals;
  try {
    return require('@jest/globals') as JestGlobals;
  } catch {
    throw new Error(
      "'everystate/jest' extends Jest's expect, and no Jest runs this file: in Vitest import 'everystate/vitest', " +
        "with node:test 'everystate/node-test'; anywhere else expect.extend(matchers) from 'everystate/matchers'",
    );
  }
}
