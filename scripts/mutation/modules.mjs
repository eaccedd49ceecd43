import { readFileSync } from 'node:fs';
import Module from 'node:module';
import { join, relative } from 'node:path';
import { transformSync } from '@swc/core';

/** Has this process run the repository's TypeScript, each text as `change(path, text)` gives it. */
export function runSources(root, change) {
  const resolve = Module._resolveFilename;
  const own = { everystate: join(root, 'index.ts'), 'everystate/jest': join(root, 'checker/jest/index.ts') };
  Module._resolveFilename = (request, ...rest) => own[request] ?? resolve.call(Module, request, ...rest);
  Module._extensions['.ts'] = (module, file) => {
    const path = relative(root, file).replaceAll('\\', '/');
    const { code } = transformSync(change(path, readFileSync(file, 'utf8')), {
      filename: file,
      sourceMaps: false,
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'commonjs' },
    });
    module._compile(code, file);
  };
}
