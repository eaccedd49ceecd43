import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const { expect } = require('expect');
const { ModuleMocker } = require('jest-mock');

/**
 * Loads a test file and returns what it would have Jest run, one function a test: a warm process runs a test many
 * times, for one mutant after the other, in a hundredth of what a start of Jest takes.
 */
export function testsOf(root, path) {
  const tests = [];
  let around = { name: '', before: [], after: [], beforeAll: [], afterAll: [] };
  const mocker = new ModuleMocker(globalThis);
  const test = (name, body) => {
    const { before, after, beforeAll, afterAll } = around;
    tests.push({
      name: `${path} › ${around.name}${name}`,
      async run() {
        try {
          for (const hook of [...beforeAll, ...before]) await hook();
          await body();
        } finally {
          for (const hook of [...after, ...afterAll]) await hook();
        }
      },
    });
  };
  const each =
    (add) =>
    (rows) =>
    (name, body, ...rest) => {
      for (const row of rows) {
        const values = Array.isArray(row) ? row : [row];
        add(format(name, values), () => body(...values), ...rest);
      }
    };
  const describe = (name, body) => {
    const outer = around;
    around = {
      name: `${outer.name}${name} › `,
      before: [...outer.before],
      after: [...outer.after],
      beforeAll: [...outer.beforeAll],
      afterAll: [...outer.afterAll],
    };
    body();
    around = outer;
  };
  test.each = each(test);
  describe.each = each(describe);
  const hook = (list) => (body) => void around[list].push(body);
  Object.assign(globalThis, {
    expect,
    test,
    it: test,
    describe,
    beforeEach: hook('before'),
    afterEach: hook('after'),
    beforeAll: hook('beforeAll'),
    afterAll: hook('afterAll'),
    jest: {
      fn: (body) => mocker.fn(body),
      spyOn: (...of) => mocker.spyOn(...of),
      restoreAllMocks: () => mocker.restoreAllMocks(),
      setTimeout() {},
    },
  });
  try {
    require(join(root, path));
  } catch (error) {
    // It wants more of Jest than there is here: one test that fails stands for it, and is named as left out.
    return [{ name: `${path}: ${error.message}`, run: () => Promise.reject(error) }];
  }
  return tests;
}

function format(name, values) {
  let k = 0;
  return name.replace(/%[sidjp#]/g, () => String(values[k++]));
}
