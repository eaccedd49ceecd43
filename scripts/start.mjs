// What `npm start` shows: the seed's race found in the unfixed provisioning system, and its fix passing.
// Ends with 0 when both come out so.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BIN = 'bin/everystate.js';
const VERDICTS = ['holds', 'violated', 'usage error', 'incomplete', 'broken'];

/** Runs one command of `everystate` as a reader would, and says whether it ended as it should. */
function demonstrate(title, words, expected) {
  process.stdout.write(`\n${title}\n\n$ node ${BIN} ${words.join(' ')}\n\n`);
  const { status } = spawnSync(process.execPath, [BIN, ...words], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status === expected) return true;
  process.stdout.write(`\nexpected '${VERDICTS[expected]}', but it ended with ${status}\n`);
  return false;
}

const found = demonstrate(
  'A cloud control plane starts and stops virtual machines. Do its counters always match its rows?',
  ['check', 'examples/provisioning', '--invariant', 'countersMatchRows'],
  1,
);
const fixed = demonstrate(
  'The fix that was landed: the row goes and the counters go down together, or neither does.',
  ['check', 'examples/provisioning', '--variant', 'F1'],
  0,
);
process.exitCode = found && fixed ? 0 : 1;
