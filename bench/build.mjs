// Compiles the engine to bench/out/engine, apart from dist/: a race takes minutes, and a build elsewhere in the
// meantime must not pull the engine from under it. Compiles measure.c too, where there is a gcc.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import bakeKernel from '../scripts/bakeKernel.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const engine = join(root, 'bench/out/engine');

await bakeKernel();
rmSync(engine, { recursive: true, force: true });
mkdirSync(engine, { recursive: true });
const tsc = join(root, 'node_modules/typescript/bin/tsc');
const project = join(root, 'tsconfig.build.json');
const options = ['--noCheck', '--declaration', 'false', '--outDir', join(engine, 'dist')]; // types: npm run typecheck
const { status } = spawnSync(process.execPath, [tsc, '-p', project, ...options], {
  cwd: root,
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);
cpSync(join(root, 'bin'), join(engine, 'bin'), { recursive: true });
// No name: a second package of one name in the repository confuses tools that look for packages.
const { version, type } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
writeFileSync(join(engine, 'package.json'), JSON.stringify({ version, type }));

// A missing gcc is reported by the race, with the peers that need it.
rmSync(join(root, 'bench/out/measure'), { force: true });
spawnSync('gcc', ['-O2', '-o', join(root, 'bench/out/measure'), join(root, 'bench/measure.c')], {
  stdio: 'inherit',
});
