import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Usage } from './record';

const OUT = join(__dirname, 'out');
const MEASURE = join(OUT, 'measure');

export interface Measured {
  readonly output: string;
  /** Null where measure.c could not be compiled. */
  readonly usage: Usage | null;
}

/** Runs a program to its end and measures it. Throws where it fails or takes longer than `limit` seconds. */
export function measured(
  program: string,
  words: readonly string[],
  directory: string,
  limit: number,
): Measured {
  const report = join(OUT, `usage-${process.pid}`);
  const wrapped = existsSync(MEASURE);
  const [command, args] = wrapped
    ? [MEASURE, [report, String(limit), program, ...words]]
    : [program, [...words]];
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: directory,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    // measure kills what it started; a signal to measure would leave that running.
    ...(!wrapped && { timeout: limit * 1000 }),
  });
  if (error) throw error;
  if (!wrapped) {
    if (status !== 0) throw new Error(failure(program, status ?? -1, stdout + stderr));
    return { output: stdout, usage: null };
  }
  if (status !== 0) throw new Error(`measure failed: ${stderr}`);
  const { usage, status: ended } = usageOf(readFileSync(report, 'utf8'));
  rmSync(report);
  if (usage.elapsed >= limit) throw new Error(`took longer than ${limit} s`);
  if (ended !== 0) throw new Error(failure(program, ended, stdout + stderr));
  return { output: stdout, usage };
}

/** What measure.c wrote. */
export function usageOf(report: string): { readonly usage: Usage; readonly status: number } {
  const numbers = report.trim().split(' ').map(Number);
  const [elapsed, processor, resident, status] = numbers;
  if (
    elapsed === undefined ||
    processor === undefined ||
    resident === undefined ||
    status === undefined ||
    numbers.some(Number.isNaN)
  )
    throw new Error(`not a report of measure's: ${report}`);
  return {
    usage: { elapsed: elapsed / 1e6, processor: processor / 1e6, resident: resident * 1024 },
    status,
  };
}

function failure(program: string, status: number, output: string): string {
  return `${program} ended with ${status}:\n${output.slice(-2000)}`;
}
