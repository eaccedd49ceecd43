// Compiles the kernel once, after a build, and leaves its bytes in the place of the module that would compile it.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** `dist` is the folder of the build. */
export function bakeKernel(dist) {
  const file = join(dist, 'checker/kernel/bytes.js');
  const { kernelBytes } = createRequire(import.meta.url)(file);
  const baked = [1, 2, 4].map(
    (width) => `  ${width}: '${Buffer.from(kernelBytes(width)).toString('base64')}',`,
  );
  writeFileSync(
    file,
    `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.kernelBytes = kernelBytes;
const BAKED = {
${baked.join('\n')}
};
function kernelBytes(cellBytes) {
  return new Uint8Array(Buffer.from(BAKED[cellBytes], 'base64'));
}
`,
  );
}
