import { BAKED } from '../../checker/kernel/baked';
import { compiled } from './compiled';

/** `WebAssembly` as far as it tells what a module asks for and gives. */
const { Module } = (
  globalThis as unknown as {
    WebAssembly: {
      Module: (new (bytes: Uint8Array) => object) & {
        imports(module: object): unknown;
        exports(module: object): readonly { readonly kind: string; readonly name: string }[];
      };
    };
  }
).WebAssembly;

describe.each([1, 2, 4] as const)('the kernel for cells of %i bytes', (width) => {
  test('is what its sources compile to', () => {
    expect(BAKED[width]).toBe(compiled(width));
  });

  test('asks for a memory and nothing else, and gives functions alone', () => {
    const module = new Module(Buffer.from(BAKED[width], 'base64'));
    expect(Module.imports(module)).toEqual([expect.objectContaining({ name: 'memory', kind: 'memory' })]);
    expect(new Set(Module.exports(module).map(({ kind }) => kind))).toEqual(new Set(['function']));
  });
});
