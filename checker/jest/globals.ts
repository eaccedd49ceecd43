/** What of Jest is used; `globalThis` has it, or `@jest/globals` where Jest was told not to inject it. */
interface JestGlobals {
  readonly expect: { extend(matchers: object): void };
  readonly describe: (name: string, body: () => void) => void;
  readonly test: (name: string, body: () => Promise<void>, timeout?: number) => void;
}

/** Jest's functions. Throws outside of Jest. */
export function jestGlobals(): JestGlobals {
  const globals = globalThis as unknown as Partial<JestGlobals>;
  if (globals.expect && globals.describe && globals.test) return globals as JestGlobals;
  try {
    return require('@jest/globals') as JestGlobals;
  } catch {
    throw new Error("'everystate/jest' extends Jest's expect: import it in a test that Jest runs");
  }
}
