import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { measured } from './measured';
import type { Answer, Task } from './contestant';
import type { Run, Usage } from './record';

const ROOT = join(__dirname, '..');
const MACHINE_LIMIT = 60;

/** The file that holds an example's specs. */
export function specFile(example: string): string {
  const folder = join(ROOT, 'examples', example);
  return join(folder, existsSync(join(folder, 'spec.ts')) ? 'spec.ts' : 'index.ts');
}

/** Searches in a process of its own. */
export function runOurs(task: Task, limit: number): Run & { readonly answer: Answer } {
  const words = [join(__dirname, 'start.mjs'), 'contestant.ts', JSON.stringify(task)];
  const { output, usage } = measured(process.execPath, words, ROOT, limit);
  const answer = JSON.parse(output) as Answer;
  const { distinct, elapsed, processor } = answer;
  return { distinct, search: { elapsed, processor }, ...(usage && { process: usage }), answer };
}

/** The whole command on the smallest example; null where there is nothing to measure it with. */
export function runCommand(): Usage | null {
  const words = [join(__dirname, 'out/engine/bin/everystate.js'), 'check', 'examples/die-hard'];
  return measured(process.execPath, words, ROOT, MACHINE_LIMIT).usage;
}
