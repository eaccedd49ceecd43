import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { restrainOptimizer } from './optimizer';
import { run } from './run';
import { startOf } from './start';
import { processTerminal } from './terminal';

const { version } = JSON.parse(readFileSync(resolve(__dirname, '../../../package.json'), 'utf8')) as {
  version: string;
};

restrainOptimizer();
// The code is set, not forced: what has been written to a pipe must still get through.
void run(process.argv.slice(2), processTerminal(startOf(process)), version).then((code) => {
  process.exitCode = code;
});
