// Runs tests against mutants, as it is told: see mutate.mjs.
import { fileURLToPath } from 'node:url';
import { isOfKernel, kernelMutants } from './kernel.mjs';
import { sitesOf, withAll } from './mutants.mjs';
import { runSources } from './modules.mjs';
import { testsOf } from './tests.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const { files, tests: testFiles, slowest } = JSON.parse(process.argv[2]);

let current = 0;
const reached = new Uint8Array(1 << 17);
globalThis.__mutant = (number) => {
  reached[number] = 1;
  return number === current;
};

const mutants = [];
const changed = new Map();
const { readFileSync } = await import('node:fs');
for (const path of files.filter((name) => !isOfKernel(name))) {
  const text = readFileSync(`${ROOT}/${path}`, 'utf8');
  const all = withAll(text, sitesOf(path, text), mutants.length + 1);
  changed.set(path, all.text);
  for (const mutant of all.mutants)
    mutants.push({ ...mutant, path, line: text.slice(0, mutant.start).split('\n').length });
}
const kernel = kernelMutants(ROOT, files.filter(isOfKernel), mutants.length + 1);
mutants.push(...kernel.mutants);
runSources(ROOT, (path, text) => kernel.change(path, text) ?? changed.get(path) ?? text);

const tests = testFiles.flatMap((path) => testsOf(ROOT, path));

async function passes(index) {
  process.send({ running: index });
  try {
    await tests[index].run();
    return true;
  } catch {
    return false;
  }
}

/** How long each takes, which mutants it reaches, and whether it passes at all (twice: what is kept must not matter). */
async function survey() {
  const known = [];
  for (let i = 0; i < tests.length; i++) {
    const first = await passes(i);
    reached.fill(0);
    const start = performance.now();
    const second = first && (await passes(i));
    const took = performance.now() - start;
    const numbers = [];
    reached.forEach((hit, number) => hit && numbers.push(number));
    known.push({ name: tests[i].name, ok: second && took < slowest, took, reaches: numbers });
  }
  return known;
}

process.on('message', async (message) => {
  if (message.survey) process.send({ surveyed: await survey(), mutants });
  else {
    const { number, order } = message;
    current = number;
    if (!(await kernel.use(number))) {
      current = 0;
      process.send({ number, killer: -1, refused: true });
      return;
    }
    let killer = -1;
    for (const index of order)
      if (!(await passes(index))) {
        killer = index;
        break;
      }
    current = 0;
    await kernel.use(0);
    // What fails without the mutant too was broken by one before it.
    const tainted = killer >= 0 && !(await passes(killer));
    process.send({ number, killer, tainted });
  }
});
process.send({ ready: true });
