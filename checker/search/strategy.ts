import { attended } from '../model/attended';
import { TooFine } from '../model/engineError';
import type { Evaluator } from '../model/evaluator';
import { Fault, NoAnswer } from '../model/fault';
import { Heartbeat } from '../budget/heartbeat';
import { MOST_CONTEXTS } from '../kernel/layout';
import { Memory, MemorySpent, OutOfMemory } from '../kernel/memory';
import type { Exploration, ExploreOptions, Learning, Statistics } from '../exploration';
import { inAll, learningReport } from './learningReport';
import type { LearnedSpec } from './learnedSpec';
import type { Earlier } from './tooFine';

/** Searches begun anew because some places grew; the next one keeps all variables whole. */
const MOST_TRIES = 3;

/** What a search is asked, and what an earlier one of the same spec had to tell. */
export type TaskOptions = ExploreOptions & { readonly earlier?: Earlier | undefined };

/** What a strategy makes a search of. */
export interface Task {
  readonly evaluator: Evaluator;
  readonly memory: Memory;
  readonly options: TaskOptions;
  readonly heartbeat: Heartbeat;
}

/** A search: a spec, learned from where it stands, and the order in which its states are come to. */
export interface Search {
  readonly spec: LearnedSpec;
  /** Searches to an end. Throws `Fault`, and what there is no room for. */
  run(): Promise<Exploration['end']>;
  /** What has been counted by now, beside what is known of the spec. */
  readonly counts: Counts;
  /** Lets go what it holds beside memory; orderly where nothing is at work. */
  release(orderly: boolean): Promise<void>;
}

/** What a search has counted. */
export interface Counts
  extends Pick<Statistics, 'distinct' | 'outside' | 'depth' | 'frontier'>, Pick<Learning, 'shared'> {
  /** Bytes that the states seen take. */
  readonly bytes: number;
  /** Whether it came to states in an order that is not the same each time. */
  readonly unordered: boolean;
}

/**
 * A way of searching. It says where a search stands and where its new states go, has a spec learned from there, and comes
 * to states in an order of its own. Rows are laid out by what is known of the spec, and where they lie is the strategy's:
 * so it makes both, and does so anew where the spec turns out to be taken apart too finely.
 */
export type Strategy = (task: Task) => Search;

/** Searches by a strategy: what it finds, and what it had found where it could not go on. */
export async function searchBy(
  strategy: Strategy,
  evaluator: Evaluator,
  options: ExploreOptions,
  heartbeat = new Heartbeat(options),
): Promise<Exploration> {
  let earlier: Earlier | undefined;
  for (let tries = 0; ; tries++) {
    const workers = Math.min(options.workers ?? 1, MOST_CONTEXTS);
    const task = { evaluator, memory: new Memory(), options: { ...options, workers, earlier }, heartbeat };
    const found = await searchFinely(strategy, task, tries < MOST_TRIES);
    if ('end' in found) return found;
    earlier = found;
  }
}

/** A search; what it has to tell where it turns out to take variables apart too finely. It's gone by then. */
async function searchFinely(strategy: Strategy, task: Task, again: boolean): Promise<Exploration | Earlier> {
  const search = strategy(task);
  try {
    return await searchOnce(search, task);
  } catch (error) {
    if (!(error instanceof TooFine)) throw error;
    const learning = learningOf(search, task);
    const why = error.message;
    if (!error.wholes || !again) return { learning, why };
    return { learning, why, wholes: new Set([...(task.options.earlier?.wholes ?? []), ...error.wholes]) };
  }
}

async function searchOnce(search: Search, task: Task): Promise<Exploration> {
  let orderly = false;
  try {
    const end = await attended(() => search.run());
    orderly = true;
    return finish(search, task, end);
  } catch (error) {
    // Other threads may have been left at work by a function that did not come back.
    orderly =
      [Fault, OutOfMemory, MemorySpent, TooFine].some((kind) => error instanceof kind) &&
      !(error instanceof NoAnswer);
    return foundUntil(error, search, task);
  } finally {
    await search.release(orderly);
  }
}

/** What was found until there was no room, or the user's code was at fault. Throws what is none of that. */
function foundUntil(error: unknown, search: Search, task: Task): Exploration {
  if (error instanceof OutOfMemory) return { ...finish(search, task, 'memory'), noRoom: true };
  if (error instanceof MemorySpent) return finish(search, task, 'memory');
  if (!(error instanceof Fault)) throw error;
  const unanswered = error instanceof NoAnswer;
  if (unanswered) task.evaluator.unanswered(error);
  const { run } = search.spec.findings;
  return { ...finish(search, task, 'fault'), fault: { details: error.details, run, unanswered } };
}

function finish(search: Search, task: Task, end: Exploration['end']): Exploration {
  return {
    end,
    ...search.spec.findings.told,
    statistics: statisticsOf(search, task),
    unordered: search.counts.unordered,
    ...(end === 'memory' && { noRoom: task.heartbeat.memory.heapFull }),
  };
}

function statisticsOf(search: Search, task: Task): Statistics {
  const { spec, counts } = search;
  const { plans, begun, generated, counters } = spec;
  return {
    initial: begun,
    distinct: counts.distinct,
    generated,
    outside: counts.outside,
    depth: counts.depth,
    frontier: counts.frontier,
    seconds: task.heartbeat.seconds,
    actions: plans.map(({ action, index }) => ({ action: action.name, ...counters.of(index) })),
    learning: learningOf(search, task),
  };
}

function learningOf({ spec, counts }: Search, { options }: Task): Learning {
  const { bytes, shared, distinct } = counts;
  const now = learningReport(spec, { bytes, shared, distinct, exact: options.exact ?? false });
  return options.earlier ? inAll(options.earlier.learning, now) : now;
}
