// Compares all searches on many random specs, by default new ones each time: `npm run oracle -- [specs] [seed]`.
// One process a core, each with a seed of its own; ends with 1 when one has found a difference.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const [specs = 100_000, seed = Math.floor(Math.random() * 1e9)] = process.argv.slice(2).map(Number);
if (![specs, seed].every((n) => Number.isInteger(n) && n > 0)) {
  process.stderr.write('Usage: npm run oracle -- [specs] [seed], two whole numbers above 0\n');
  process.exit(2);
}
const processes = Math.min(availableParallelism(), specs);
const statuses = Array.from({ length: processes }, async (_, k) => {
  const share = Math.floor(specs / processes) + Number(k < specs % processes);
  process.stdout.write(`${share} specs of seed ${seed + k}\n`);
  const run = spawn(process.execPath, ['node_modules/jest/bin/jest.js', '-i', 'test/oracle/random'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, EVERYSTATE_RANDOM_SPECS: share, EVERYSTATE_RANDOM_SEED: seed + k },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [status] = await once(run, 'exit');
  return status;
});
process.exitCode = (await Promise.all(statuses)).every((status) => status === 0) ? 0 : 1;
