import { describeSpec } from 'everystate/jest';
import { counter, overshoots, stuck } from './counter';

describeSpec(counter);
describeSpec(overshoots, { violates: ['small'] });
describeSpec(stuck, { deadlock: false, violates: ['top'], maxSeconds: 500 });

/** The tests that a call makes, kept from running. */
function collected(
  call: () => void,
  titles: string[] = [],
): { readonly name: string; readonly body: () => Promise<void>; readonly timeout: number }[] {
  const tests: { name: string; body: () => Promise<void>; timeout: number }[] = [];
  const globals = globalThis as unknown as { describe: unknown; test: unknown };
  const { describe, test } = globals;
  globals.describe = (title: string, body: () => void) => {
    titles.push(title);
    body();
  };
  globals.test = (name: string, body: () => Promise<void>, timeout: number) =>
    tests.push({ name, body, timeout });
  try {
    call();
  } finally {
    Object.assign(globals, { describe, test });
  }
  return tests;
}

describe('describeSpec', () => {
  it('makes one test a property, and one for deadlocks', () => {
    expect(collected(() => describeSpec(counter)).map(({ name }) => name)).toEqual([
      'small holds',
      'rises holds',
      'top is reachable',
      'never deadlocks',
    ]);
  });

  it("sets Jest's time limit well above the check's own", () => {
    expect(collected(() => describeSpec(counter, { maxSeconds: 10 }))[0]?.timeout).toBe(40_000);
  });

  it('fails with the counterexample, pointing to the line that called it', async () => {
    const [small, rises] = collected(() => describeSpec(overshoots));
    const error = await small!.body().catch((thrown: Error) => thrown);
    expect((error as Error).message).toContain('n: 3 → 4');
    expect((error as Error).stack).toContain('describeSpec.test.ts');
    expect((error as Error).stack).not.toMatch(/at .*checker.jest.describeSpec/);
    await rises!.body();
  });

  it('fails where a violation was expected and the property holds', async () => {
    const [small] = collected(() => describeSpec(counter, { violates: ['small'] }));
    await expect(small!.body()).rejects.toThrow('expected small to fall, but it holds');
  });

  it('fails every test of an unfinished search, but those of what was reached', async () => {
    const [small, , top] = collected(() => describeSpec(counter, { maxDepth: 4, constants: { N: 3 } }));
    await expect(small!.body()).rejects.toThrow('could not tell');
    await top!.body();
  });

  it('checks in an environment, and says so', async () => {
    const titles: string[] = [];
    const [small] = collected(
      () => describeSpec(counter, { environment: 'large', properties: ['small', 'rises'] }),
      titles,
    );
    expect(titles).toEqual(['counter · N=6 · small and rises only']);
    await small!.body();
    expect(() => collected(() => describeSpec(counter, { environment: 'lagre' }))).toThrow(
      "spec 'counter' has no environment 'lagre'; did you mean 'large'?",
    );
  });

  it('refuses to expect a violation of what is not checked', () => {
    expect(() => collected(() => describeSpec(counter, { violates: ['smal' as 'small'] }))).toThrow(
      "'violates' names smal, which is not checked",
    );
  });
});
