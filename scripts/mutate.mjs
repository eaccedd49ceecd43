// Makes the engine wrong in one place after the other and sees whether a test notices:
// `npm run mutate -- [file …]`, by default the files named in test/mutation/scope.json. What no test missed is
// listed in test/mutation/RESULTS.md, with those known to make no difference (test/mutation/equal.json) apart.
import { execFileSync, fork } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const scope = JSON.parse(readFileSync(`${ROOT}test/mutation/scope.json`, 'utf8'));
const files = process.argv.length > 2 ? process.argv.slice(2) : scope.files;
const tests = scope.tests.flatMap((path) =>
  path.endsWith('.ts')
    ? [path]
    : readdirSync(ROOT + path)
        .filter((name) => name.endsWith('.test.ts'))
        .map((name) => `${path}/${name}`),
);
/** A test that takes longer than this, in milliseconds, is left out. */
const SLOWEST = scope.slowest;
/** What takes so many times as long as without a mutant hangs. */
const PATIENCE = 20;
const LEAST_PATIENCE_MS = 20_000;
/** A mutant that as many tests reach and none misses is given up. */
const MOST_TESTS = scope.mostTests;

const worker = fileURLToPath(new URL('mutation/worker.mjs', import.meta.url));
let child;
let running = -1;
let since = 0;
let waiting;
function start() {
  child = fork(worker, [JSON.stringify({ files, tests, slowest: SLOWEST })], {
    execArgv: ['--max-old-space-size=3000'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.on('message', (message) => {
    if ('running' in message) [running, since] = [message.running, Date.now()];
    else waiting?.(message);
  });
  const own = child;
  child.on('exit', (code) => own === child && waiting?.({ died: code ?? 'killed' }));
}
const next = () => new Promise((resolve) => (waiting = resolve));
async function ask(message, patience) {
  const answer = next();
  since = Date.now();
  child.send(message);
  const watch = setInterval(() => {
    if (patience && Date.now() - since > patience(running)) {
      waiting({ hangs: true });
    }
  }, 500);
  const given = await answer;
  clearInterval(watch);
  return given;
}
async function restart() {
  child?.kill('SIGKILL');
  start();
  await next();
}

await restart();
const survey = await ask({ survey: true });
if (!survey.surveyed) {
  process.stderr.write('the tests cannot be run without a mutant\n');
  process.exit(1);
}
const known = survey.surveyed;
const leftOut = known.filter(({ ok }) => !ok).map(({ name }) => name);
process.stdout.write(
  `${survey.mutants.length} mutants, ${known.length} tests, ${leftOut.length} of them left out\n`,
);
for (const name of leftOut) process.stdout.write(`  left out: ${name}\n`);

const reachedBy = new Map();
known.forEach(({ ok, reaches }, index) => {
  if (ok) for (const number of reaches) reachedBy.set(number, [...(reachedBy.get(number) ?? []), index]);
});
/** How many mutants of the same file a test has killed. */
const kills = new Map();
const worth = (path, index) => ((kills.get(`${path} ${index}`) ?? 0) + 0.2) / (known[index].took + 5);
const results = [];
let done = 0;
for (const mutant of survey.mutants) {
  const { number, path } = mutant;
  const order = (reachedBy.get(number) ?? [])
    .sort((a, b) => worth(path, b) - worth(path, a))
    .slice(0, MOST_TESTS);
  let answer = order.length === 0 ? { killer: -1, unreached: true } : undefined;
  for (let attempt = 0; attempt < 2 && !answer; attempt++) {
    answer = await ask({ number, order }, (index) =>
      Math.max(LEAST_PATIENCE_MS, (known[index]?.took ?? 0) * PATIENCE),
    );
    if (answer.died !== undefined || answer.hangs) await restart();
    else if (answer.tainted) {
      await restart();
      if (attempt === 0) answer = undefined;
    }
  }
  const fate = answer.unreached
    ? 'unreached'
    : answer.refused
      ? 'refused'
      : answer.hangs
        ? 'hangs'
        : answer.died !== undefined
          ? 'dies'
          : answer.killer >= 0
            ? 'killed'
            : 'survives';
  if (answer.killer >= 0)
    kills.set(`${path} ${answer.killer}`, (kills.get(`${path} ${answer.killer}`) ?? 0) + 1);
  results.push({ ...mutant, fate, by: answer.killer >= 0 ? known[answer.killer].name : undefined });
  if (fate === 'survives' || fate === 'unreached') process.stdout.write(`${fate}: ${textOf(mutant)}\n`);
  if (++done % 100 === 0) process.stdout.write(`… ${done} of ${survey.mutants.length}\n`);
}
child.kill('SIGKILL');
report();

function textOf({ path, line, was, becomes }) {
  return `${path}:${line}: ${oneLine(was)} → ${becomes === '' ? '(left out)' : oneLine(becomes)}`;
}
function oneLine(text) {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 160 ? `${line.slice(0, 157)}…` : line;
}

function report() {
  const equalPath = `${ROOT}test/mutation/equal.json`;
  const equal = existsSync(equalPath) ? JSON.parse(readFileSync(equalPath, 'utf8')) : {};
  const whyOf = ({ path, was, becomes }) => equal[path]?.[`${oneLine(was)} → ${oneLine(becomes)}`];
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: ROOT,
    encoding: 'utf8',
  }).trim();
  const lines = [
    '# What no test misses',
    '',
    `Written by \`npm run mutate\` at ${commit}: ${results.length} mutants of ${files.length} files.`,
    '',
    '| file | mutants | noticed | make no difference | survive | never run |',
    '| --- | --- | --- | --- | --- | --- |',
  ];
  const count = (list, ...fates) => list.filter(({ fate }) => fates.includes(fate)).length;
  for (const path of files) {
    const of = results.filter((result) => result.path === path);
    const open = of.filter((result) => !whyOf(result));
    lines.push(
      `| ${path} | ${of.length} | ${count(of, 'killed', 'hangs', 'dies', 'refused')} | ${count(of, 'survives', 'unreached') - count(open, 'survives', 'unreached')} | ${count(open, 'survives')} | ${count(open, 'unreached')} |`,
    );
  }
  lines.push('', '## Open', '');
  const open = results.filter((r) => ['survives', 'unreached'].includes(r.fate) && !whyOf(r));
  for (const result of open)
    lines.push(
      `- ${result.fate === 'unreached' ? 'never run: ' : ''}\`${textOf(result).replaceAll('`', '´')}\``,
    );
  writeFileSync(`${ROOT}test/mutation/RESULTS.md`, `${lines.join('\n')}\n`);
}
