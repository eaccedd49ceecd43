import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measured } from './measured';
import { runOurs } from './ours';
import type { Task } from './contestant';
import type { Peer } from './peers';
import type { Run } from './record';

export const LEARNED = 'everystate';
export const TOGETHER = 'everystate, 2 workers';
export const AT_ONCE = 'everystate, two at once';
export const PLAIN = 'plain loop';

/** Seconds below which a peer's own time, in hundredths, is off by over a tenth: its process is clocked then. */
const COARSE = 0.1;

/** Something that can be raced, again and again. */
export interface Runner {
  readonly name: string;
  readonly informative: boolean;
  /** Throws where it fails, or takes longer than `limit` seconds. */
  readonly run: (limit: number) => Run;
  readonly dispose: () => void;
}

/** A search of ours over a spec. */
export function ours(name: Ours, file: string, rest: Omit<Task, 'search' | 'file'>): Runner {
  const task: Task = {
    search: name === PLAIN ? 'plain' : 'learned',
    file,
    ...rest,
    ...(name === TOGETHER && { workers: 2 }),
    ...(name === AT_ONCE && { beside: true }),
  };
  return {
    name,
    informative: name === AT_ONCE,
    run: (limit) => runOurs(task, limit),
    dispose: () => undefined,
  };
}

export type Ours = typeof LEARNED | typeof TOGETHER | typeof AT_ONCE | typeof PLAIN;

/** Builds a peer in a folder of its own. */
export function built(peer: Peer): Runner {
  const folder = mkdtempSync(join(tmpdir(), 'everystate-bench-'));
  for (const [name, text] of Object.entries(peer.sources())) writeFileSync(join(folder, name), text);
  for (const [program, ...words] of peer.build) {
    const { status, stdout, stderr } = spawnSync(program, words, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${program} ${words.join(' ')}:\n${stdout}${stderr}`);
  }
  const [program, ...words] = peer.run;
  return {
    name: peer.name,
    informative: peer.informative ?? false,
    run: (limit) => {
      const { output, usage } = measured(join(folder, program), words, folder, limit);
      if (!usage) throw new Error('there is no gcc to compile bench/measure.c with');
      const { distinct, seconds } = peer.parse(output);
      // A peer does nothing but search: reading its model is gcc's work. What it prints, it prints in hundredths.
      const own = seconds !== null && seconds >= COARSE ? seconds : usage.elapsed;
      const search = { elapsed: own, processor: usage.processor };
      return { distinct, search, process: usage };
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}
