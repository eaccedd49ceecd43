// Compiles to dist/ from scratch: a file left over from an older build would be published, or required.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import bakeKernel from './bakeKernel.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await bakeKernel();
rmSync('dist', { recursive: true, force: true });
const { status } = spawnSync(
  process.execPath,
  ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
