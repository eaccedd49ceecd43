/**
 * The family of growing.ts at several sizes, ours and the plain loop by turns, each run in a process of its own: none
 * should take over a tenth more than the plain loop does, at any size.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alternate } from './alternate';
import { optionsOf, USAGE } from './commandLine';
import { LEARNED, ours, PLAIN } from './contestants';
import { GROWING } from './growing';
import { loadNow, machine, versions } from './machine';
import { markdownTable } from './markdown';
import { processSeconds, seconds } from './ratios';
import type { Contestant } from './record';

const SIZES = [30, 100, 300, 1_000, 3_000, 30_000];
/** Of whole processes this is most: what starting takes. */
const SMALL = 300;

export async function main(words: readonly string[]): Promise<number> {
  if (words.includes('--help')) {
    process.stdout.write(USAGE.replace('npm run bench', 'npm run bench:growth'));
    return 0;
  }
  const { rounds, limit, only, quick, results } = optionsOf(words);
  const before = loadNow();
  const rows: string[][] = [];
  for (const { name, spec, sized, most = Infinity } of GROWING.filter((one) => one.name.includes(only ?? '')))
    for (const size of SIZES.filter((size) => size <= (quick ? SMALL : most))) {
      const task = { spec, constants: sized(size), deadlock: false };
      const file = join(__dirname, 'growing.ts');
      const runners = [ours(LEARNED, file, task), ours(PLAIN, file, task)];
      const tell = (line: string): void => void process.stderr.write(`${name}, ${size}: ${line}\n`);
      rows.push([name, ...row(alternate(runners, { rounds, limit, distinct: null }, tell))]);
    }
  const { processor, cores } = machine(before);
  const { node } = versions();
  const table = markdownTable(['collections', 'states', 'plain loop, ms', 'ours, ms', 'whole process'], rows);
  const text = `# Collections that keep growing

Milliseconds of processor time of the search, and how many times that of the plain loop the whole process took.

${table}

- ${processor}, ${cores} cores; node ${node}; load average ${before} before and ${loadNow()} after.
- ${rounds === 1 ? 'One run' : `Medians of ${rounds} runs`} each, by turns.
`;
  if (results) writeFileSync(join(__dirname, 'GROWTH.md'), text);
  process.stdout.write(text);
  return 0;
}

function row([learned, plain]: readonly Contestant[]): string[] {
  if (!learned || !plain) return [];
  const milliseconds = (contestant: Contestant): string => ((seconds(contestant) ?? NaN) * 1000).toFixed(0);
  const [own, its] = [processSeconds(learned.runs), processSeconds(plain.runs)];
  return [
    (learned.runs[0]?.distinct ?? 0).toLocaleString('en'),
    milliseconds(plain),
    milliseconds(learned),
    own === null || its === null ? '–' : (own / its).toFixed(2),
  ];
}
