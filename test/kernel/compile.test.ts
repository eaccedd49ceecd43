import * as fc from 'fast-check';
import { kernelBytes } from '../../checker/kernel/bytes';
import { compile } from '../../checker/kernel/compile';
import { Memory } from '../../checker/kernel/memory';
import { WebAssembly } from '../../checker/kernel/webAssembly';

const memory = new Memory();
/** A stretch of memory that nothing else uses. */
const HERE = memory.allocate(64);

type Numbers = (...numbers: number[]) => number;

/** The functions of a source, by name. */
function run(source: string, constants = {}): { readonly [name: string]: Numbers } {
  const module = new WebAssembly.Module(compile(source, constants));
  const instance = new WebAssembly.Instance(module, { e: { memory: memory.shared } });
  return instance.exports as { readonly [name: string]: Numbers };
}

const ints = fc.integer();

test.each(['+', '-', '&', '|', '^', '<<', '>>', '<', '>', '<=', '>=', '===', '!==', '&&', '||'])(
  'a %s b is what it is in JavaScript, over 32 bits',
  (operator) => {
    const isLogical = ['&&', '||'].includes(operator);
    const source = `function f(a, b) { return a ${operator} b; }`;
    const js = new Function(
      'a',
      'b',
      `return Number(a ${operator} b) ${isLogical ? '? 1 : 0' : '| 0'}`,
    ) as Numbers;
    const { f } = run(source);
    fc.assert(fc.property(ints, ints, (a, b) => f?.(a, b) === js(a, b)));
  },
);

test('loops, conditions and assignments do what they say', () => {
  const source = `
    function sum(n) {
      let total = 0;
      for (let k = 0; k < n; k++) {
        if (k === 3) continue;
        if (k > 100) break;
        let j = 0;
        while (j < 2) { total += k; j++; }
      }
      return total;
    }`;
  const sum = new Function(`${source}; return sum`)() as Numbers;
  const compiled = run(source);
  fc.assert(fc.property(fc.integer({ min: -5, max: 300 }), (n) => compiled.sum?.(n) === sum(n)));
});

test('64-bit numbers keep all their bits, through memory and calls', () => {
  const { half } = run(
    `function mix(a = 0n, b) { store64(HERE, (a << 32n) | wide(b)); return 0; }
     function half(a, b, shift) { mix(wide(a), b); return low(load64(HERE) >>> (shift ? 32n : 0n)); }`,
    { HERE },
  );
  fc.assert(fc.property(ints, ints, (a, b) => half?.(a, b, 1) === a && half(a, b, 0) === b));
});

test('a swap happens only where what is there is what was expected', () => {
  const { swap } = run(
    `function swap(before, expected, next) {
       store64(HERE, wide(before));
       const was = atomicSwapIf64(HERE, wide(expected), wide(next));
       return low(was) === before && low(atomicLoad64(HERE));
     }
     function now() { return load(HERE); }`,
    { HERE },
  );
  const now = () => memory.words(HERE, 1)[0];
  swap?.(5, 5, 7);
  expect(now()).toBe(7);
  swap?.(5, 6, 7);
  expect(now()).toBe(5);
});

test.each([
  ['an unknown name', 'function f() { return x; }'],
  ['mixed widths', 'function f(a = 0n, b) { return a + b; }'],
  ['an unknown call', 'function f() { return g(); }'],
  ['other JavaScript', 'function f() { return [1]; }'],
])('%s is refused', (_what, source) => {
  expect(() => compile(source, {})).toThrow("the kernel's language has no");
});

test.each([1, 2, 4] as const)('a build has baked the kernel of today for cells of %i bytes', (width) => {
  const { kernelBytes: baked } = jest.requireActual<typeof import('../../checker/kernel/bytes')>(
    '../../dist/checker/kernel/bytes.js',
  );
  expect(Buffer.from(baked(width)).equals(kernelBytes(width))).toBe(true);
});
