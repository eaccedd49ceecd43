// Compares all searches on many random specs, by default new ones each time: `npm run oracle -- [specs] [seed]`.
// One process a core, each with a seed of its own; ends with 1 when one has found a difference. What it did is
// written to test/oracle/RESULTS.md: commit, seeds, hours, and what came out.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const [specs = 100_000, seed = Math.floor(Math.random() * 1e9)] = process.argv.slice(2).map(Number);
if (![specs, seed].every((n) => Number.isInteger(n) && n > 0)) {
  process.stderr.write('Usage: npm run oracle -- [specs] [seed], two whole numbers above 0\n');
  process.exit(2);
}
const cwd = fileURLToPath(new URL('..', import.meta.url));
const git = (...words) => execFileSync('git', words, { cwd, encoding: 'utf8' }).trim();
const commit =
  git('rev-parse', 'HEAD') + (git('status', '--porcelain', '--', 'checker', 'spec') && ' and changes');
const begun = new Date();

const processes = Math.min(availableParallelism(), specs);
const runs = Array.from({ length: processes }, async (_, k) => {
  const share = Math.floor(specs / processes) + Number(k < specs % processes);
  process.stdout.write(`${share} specs of seed ${seed + k}\n`);
  const run = spawn(process.execPath, ['node_modules/jest/bin/jest.js', '-i', 'test/oracle/random1'], {
    cwd,
    env: {
      ...process.env,
      EVERYSTATE_RANDOM_SPECS: share,
      EVERYSTATE_RANDOM_SEED: seed + k,
      EVERYSTATE_RANDOM_SHARES: 1,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [status] = await once(run, 'exit');
  return { share, seed: seed + k, status };
});
const results = await Promise.all(runs);
const hours = (Date.now() - begun.getTime()) / 3_600_000;
const { EVERYSTATE_RANDOM_WITHOUT: without } = process.env;
writeFileSync(
  `${cwd}test/oracle/RESULTS.md`,
  [
    '# Random specs, all searches beside the plain ones',
    '',
    `\`npm run oracle -- ${specs} ${seed}\` at ${commit}, begun ${begun.toISOString()}: ${hours.toFixed(2)} hours on`,
    `${processes} cores, Node ${process.versions.node}${without ? `, without ${without}` : ''}.`,
    '',
    '| specs | seed | differences |',
    '| --- | --- | --- |',
    ...results.map(
      (run) => `| ${run.share} | ${run.seed} | ${run.status === 0 ? 'none' : 'one, which ended the run'} |`,
    ),
    '',
  ].join('\n'),
);
process.exitCode = results.every(({ status }) => status === 0) ? 0 : 1;
