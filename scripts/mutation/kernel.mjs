import { readFileSync } from 'node:fs';
import { compileKernel } from '../bakeKernel.mjs';
import { sitesOf } from './mutants.mjs';

const FOLDER = 'checker/kernel/assembly/';

export const isOfKernel = (path) => path.startsWith(FOLDER);

/**
 * Mutants of some of the kernel's files, numbered from one on. Each is compiled when its turn comes, for cells of one byte, as
 * nearly all tests have them.
 */
export function kernelMutants(root, paths, first) {
  const found = paths.flatMap((path) => {
    const text = readFileSync(`${root}/${path}`, 'utf8');
    return sitesOf(path, text).flatMap(({ start, end, mutants }) =>
      mutants.map((becomes) => ({
        path,
        line: text.slice(0, start).split('\n').length,
        start,
        end,
        was: text.slice(start, end),
        becomes,
      })),
    );
  });
  const isMutant = globalThis.__mutant;
  /** The modules that the engine takes for compiled already; the baked ones where there is none. To ask for one is to reach all. */
  const modules = (globalThis.__kernelModules = new (class extends Map {
    get(width) {
      found.forEach((_mutant, k) => isMutant(first + k));
      return super.get(width);
    }
  })());
  return {
    mutants: found.map((mutant, k) => ({ number: first + k, ...mutant })),
    change: (path, text) =>
      path === 'checker/kernel/kernel.ts'
        ? text.replace(
            /const modules = new Map[^;]*;/,
            'const modules: any = (globalThis as any).__kernelModules;',
          )
        : undefined,
    /** Has searches run the mutant of that number, or the kernel as it is where none has it. Whether it compiles. */
    async use(number) {
      modules.clear();
      const mutant = found[number - first];
      if (mutant === undefined) return true;
      const { path, start, end, becomes } = mutant;
      const text = readFileSync(`${root}/${path}`, 'utf8');
      const read = (file) => (file === path ? text.slice(0, start) + becomes + text.slice(end) : undefined);
      try {
        modules.set(1, new WebAssembly.Module(await compileKernel(1, { read })));
        return true;
      } catch {
        return false;
      }
    },
  };
}
