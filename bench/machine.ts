import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import type { BenchRecord } from './record';

const ROOT = join(__dirname, '..');

export function machine(loadBefore: number): BenchRecord['machine'] {
  const { model = 'unknown' } = cpus()[0] ?? {};
  return {
    processor: model.trim(),
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    load: [loadBefore, loadNow()],
  };
}

/** Load average of the last minute. */
export function loadNow(): number {
  return loadavg()[0] ?? NaN;
}

/** Versions of what was raced, and of what ran and compiled it; programs that are not there are left out. */
export function versions(): BenchRecord['versions'] {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const found: [string, string | undefined][] = [
    ['everystate', [version, commit()].filter((part) => part !== undefined).join(', ')],
    ['node', process.versions.node],
    ['spin', said('spin', ['-V'], /Version (\S+)/)],
    ['rumur', said('rumur', ['--version'], /version v?(\S+)/)],
    ['gcc', said('gcc', ['--version'], /\s(\d[\d.]*)\s*$/m)],
  ];
  return Object.fromEntries(found.filter(([, text]) => text !== undefined) as [string, string][]);
}

/** `commit 1a2b3c4`, and whether what is raced differs from it. */
function commit(): string | undefined {
  const hash = said('git', ['rev-parse', '--short', 'HEAD'], /^(\w+)/);
  if (hash === undefined) return undefined;
  const changed = said(
    'git',
    ['status', '--porcelain', '--', 'spec', 'checker', 'examples', 'bench/peers'],
    /(\S)/,
  );
  return `commit ${hash}${changed === undefined ? '' : ' with changes'}`;
}

function said(program: string, words: readonly string[], pattern: RegExp): string | undefined {
  const { stdout } = spawnSync(program, words, { cwd: ROOT, encoding: 'utf8' });
  return pattern.exec(stdout ?? '')?.[1];
}
