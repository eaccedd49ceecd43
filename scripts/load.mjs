// Runs a command on a busy machine: beside ten processes that do nothing but take the processors, and end with it.
// `node scripts/load.mjs COMMAND ARGUMENT…`
import { spawn } from 'node:child_process';
import { Worker } from 'node:worker_threads';

const [command, ...words] = process.argv.slice(2);
if (command === undefined) {
  process.stderr.write('Usage: node scripts/load.mjs COMMAND ARGUMENT…\n');
  process.exit(2);
}
// Threads end with the process that they are in, however that ends. They yield a little to the command: beside ten of its own
// priority, on two processors, it would take six times as long; so it takes about one and a half times.
const JOB = "require('node:os').setPriority(10); for (;;) Math.random();";
for (let job = 0; job < 10; job++) new Worker(JOB, { eval: true });
const run = spawn(command, words, { stdio: 'inherit' });
run.on('error', ({ message }) => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
});
run.on('exit', (status) => process.exit(status ?? 1));
