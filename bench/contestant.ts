/**
 * The process of one run of ours: loads a spec as the command does, searches it once, and prints what that took
 * as a line of JSON. The engine is the compiled one and is loaded by Node itself: transpiled on the way, its
 * modules would reach one another through getters, and the search would be slower than what users get.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Constant, Result, Spec } from 'everystate';
import type * as conclusions from '../checker/conclusion';
import type * as choosing from '../checker/cli/choose';
import type * as loading from '../checker/cli/load';
import type * as optimizing from '../checker/cli/optimizer';
import type * as plainSearch from '../checker/search/reference';
import type * as binding from '../checker/model/bind';
import type * as evaluating from '../checker/model/evaluator';
import type * as everystate from '../index';

/** What to search, and by which of our two searches. */
export interface Task {
  readonly search: 'learned' | 'plain';
  /** Threads of the learned search; one where absent. */
  readonly workers?: number;
  /** Path of the file with the spec, absolute. */
  readonly file: string;
  /** The name that it is exported by, where the file has several. */
  readonly spec?: string | undefined;
  readonly variant?: string | undefined;
  readonly constants: { readonly [name: string]: Constant };
  readonly deadlock: boolean;
  /** Whether another process does the same at the same time: what that costs is the machine's. */
  readonly beside?: boolean;
}

/** What the search itself took. Times are in seconds. */
export interface Answer {
  readonly verdict: Result['verdict'];
  /** The first property that fell, and the number of states of its trace. */
  readonly property: string | null;
  readonly trace: number | null;
  readonly distinct: number;
  readonly generated: number;
  readonly outside: number;
  /** Calls of user code, to learn and to audit; null for the plain loop, which doesn't count them. */
  readonly calls: number | null;
  /** How many of these calls were to audit. */
  readonly audits: number | null;
  /** What share of `elapsed` these took. */
  readonly auditShare: number | null;
  /** From the call of `check` to its result. */
  readonly elapsed: number;
  /** Processor time of the whole process meanwhile: the collector's and the compiler's threads as well. */
  readonly processor: number;
}

const load = createRequire(__filename);
const engine = (path: string): unknown => load(join(__dirname, 'out/engine/dist', path));

async function searchPlainly(spec: Spec, { constants, deadlock }: Task): Promise<Result> {
  const { bind } = engine('checker/model/bind.js') as typeof binding;
  const { Evaluator } = engine('checker/model/evaluator.js') as typeof evaluating;
  const { searchByReference } = engine('checker/search/reference.js') as typeof plainSearch;
  const { conclude } = engine('checker/conclusion.js') as typeof conclusions;
  const model = bind(spec, { constants });
  const evaluator = new Evaluator(model);
  const options = { deadlock, keepGoing: false, now: () => performance.now() };
  return conclude(model, evaluator, await searchByReference(evaluator, options), options);
}

async function search(task: Task): Promise<Answer> {
  const { check } = engine('index.js') as typeof everystate;
  const { loadSpecs } = engine('checker/cli/load.js') as typeof loading;
  const { chooseSpec } = engine('checker/cli/choose.js') as typeof choosing;
  const { restrainOptimizer } = engine('checker/cli/optimizer.js') as typeof optimizing;
  const { file, spec: wanted, variant, constants, deadlock, workers = 1 } = task;
  restrainOptimizer();
  const spec = chooseSpec(await loadSpecs(file, process.cwd()), { spec: wanted, variant }, file);

  const start = performance.now();
  const usage = process.cpuUsage();
  const result =
    task.search === 'plain'
      ? await searchPlainly(spec, task)
      : await check(spec, { constants, deadlock, workers } as everystate.CheckOptions);
  const { user, system } = process.cpuUsage(usage);
  const elapsed = (performance.now() - start) / 1000;

  const { distinct, generated, outside, learning } = result.statistics;
  const [violation] = result.verdict === 'violated' ? result.violations : [];
  return {
    verdict: result.verdict,
    property: violation?.property ?? null,
    trace: violation?.trace?.length ?? null,
    distinct,
    generated,
    outside,
    calls: learning ? learning.calls + learning.audits : null,
    audits: learning?.audits ?? null,
    auditShare: learning ? learning.auditSeconds / elapsed : null,
    elapsed,
    processor: (user + system) / 1e6,
  };
}

export async function main([text = '{}']: readonly string[]): Promise<number> {
  const { beside = false, ...task } = JSON.parse(text) as Task;
  const other = beside ? another(task) : undefined;
  process.stdout.write(`${JSON.stringify(await search(task))}\n`);
  await other;
  return 0;
}

/** Starts a search in a process of its own; resolves when that has ended. */
function another(task: Task): Promise<unknown> {
  const words = [join(__dirname, 'start.mjs'), 'contestant.ts', JSON.stringify(task)];
  return once(spawn(process.execPath, words, { stdio: 'ignore' }), 'exit');
}
