import { MemorySpent, OutOfMemory } from '../kernel/memory';
import { attended } from '../model/attended';
import { TooFine } from '../model/engineError';
import type { Evaluator } from '../model/evaluator';
import { Fault, NoAnswer } from '../model/fault';
import { Expansion, type Earlier } from './expansion';
import type { Exploration, ExploreOptions, Learning, Limit, Statistics } from '../exploration';
import { inAll, learningReport } from './learningReport';
import { Heartbeat } from '../budget/heartbeat';

/** Searches begun anew because some places grew; the next one keeps all variables whole. */
const MOST_TRIES = 3;

/**
 * Breadth-first search that calls the user's functions only for what it has not seen them do. Visits the
 * same states level by level as the plain search and gives the same counts and verdicts.
 */
export async function searchBreadthFirst(
  evaluator: Evaluator,
  options: ExploreOptions,
): Promise<Exploration> {
  const heartbeat = new Heartbeat(options);
  const found = await search(evaluator, options, heartbeat);
  if (!endedByOrder(found)) return found;
  return settled(found, await search(evaluator, { ...options, workers: 1 }, heartbeat));
}

/**
 * Whether what was found and counted depends on the order in which several threads came to a level's states. Levels are
 * finished, but where a bound on states is reached in their middle, or the user's code is at fault. A function that did
 * not come back was waited for until an end was asked for: it is not called again.
 */
function endedByOrder({ end, unordered, fault }: Exploration): boolean {
  return unordered === true && (end === 'states' || end === 'fault') && fault?.unanswered !== true;
}

/**
 * What is told of a search by several threads that ended in the middle of a level: what one thread told after it, so that
 * it is the same for any number. But nothing found is lost because time or memory ran out on that one, or because
 * functions that are not pure did well this time.
 */
function settled(found: Exploration, alone: Exploration): Exploration {
  switch (alone.end) {
    case 'aborted':
    case 'memory':
    case 'seconds':
      return found;
    case 'states':
    case 'fault':
      return alone;
    default:
      return found.end === 'fault' ? found : alone;
  }
}

async function search(
  evaluator: Evaluator,
  options: ExploreOptions,
  heartbeat: Heartbeat,
): Promise<Exploration> {
  let earlier: Earlier | undefined;
  for (let tries = 0; ; tries++) {
    const found = await searchFinely(evaluator, options, heartbeat, earlier, tries < MOST_TRIES);
    if ('end' in found) return found;
    earlier = found;
  }
}

/** A search; what it has to tell where it turns out to take variables apart too finely. It's gone by then. */
async function searchFinely(
  evaluator: Evaluator,
  options: ExploreOptions,
  heartbeat: Heartbeat,
  earlier: Earlier | undefined,
  again: boolean,
): Promise<Exploration | Earlier> {
  const search = new Search(evaluator, options, heartbeat, earlier);
  try {
    return await search.run();
  } catch (error) {
    if (!(error instanceof TooFine)) throw error;
    const { learning } = search;
    const why = error.message;
    if (!error.wholes || !again) return { learning, why };
    return { learning, why, wholes: new Set([...(earlier?.wholes ?? []), ...error.wholes]) };
  }
}

class Search {
  private readonly expansion: Expansion;
  private depth = 0;

  constructor(
    private readonly evaluator: Evaluator,
    private readonly options: ExploreOptions,
    private readonly heartbeat: Heartbeat,
    private readonly earlier?: Earlier,
  ) {
    this.expansion = new Expansion(evaluator, options, earlier);
  }

  async run(): Promise<Exploration> {
    let orderly = false;
    try {
      const found = await attended(() => this.explore());
      orderly = true;
      return found;
    } catch (error) {
      // Other threads may have been left at work by a function that did not come back.
      orderly =
        [Fault, OutOfMemory, MemorySpent, TooFine].some((kind) => error instanceof kind) &&
        !(error instanceof NoAnswer);
      return this.foundUntil(error);
    } finally {
      await this.expansion.release(orderly);
    }
  }

  private async explore(): Promise<Exploration> {
    const end = (await this.begin()) ?? (await this.search());
    this.expansion.end(end === 'exhausted');
    return this.finish(end);
  }

  /** What was found until there was no room, or the user's code was at fault. Throws what is none of that. */
  private foundUntil(error: unknown): Exploration {
    if (error instanceof OutOfMemory) return { ...this.finish('memory'), noRoom: true };
    if (error instanceof MemorySpent) return this.finish('memory');
    if (!(error instanceof Fault)) throw error;
    const unanswered = error instanceof NoAnswer;
    if (unanswered) this.evaluator.unanswered(error);
    const { run } = this.expansion.findings;
    return { ...this.finish('fault'), fault: { details: error.details, run, unanswered } };
  }

  private async begin(): Promise<Limit | undefined> {
    const { expansion } = this;
    while (expansion.beginning) {
      const limit = expansion.begin() ?? (this.heartbeat.due ? await this.breathe() : undefined);
      if (limit) return limit;
    }
    return undefined;
  }

  private async search(): Promise<Exploration['end']> {
    const { expansion, options } = this;
    while (expansion.descend()) {
      this.depth++;
      if (expansion.findings.enough(options)) return 'violation';
      if (this.depth === options.maxDepth) return 'depth';
      while (expansion.unfinished) {
        const going = expansion.advance();
        const limit = going instanceof Promise ? await going : going;
        if (limit) return limit;
        if (this.heartbeat.due) {
          const interrupted = await this.breathe();
          if (interrupted) return interrupted;
        }
      }
    }
    return 'exhausted';
  }

  private breathe(): Promise<Limit | undefined> {
    const { distinct, generated, unexpanded } = this.expansion;
    return this.heartbeat.rest(
      { distinct, generated, depth: this.depth, frontier: unexpanded },
      this.expansion.tableBytes,
    );
  }

  private finish(end: Exploration['end']): Exploration {
    const { told } = this.expansion.findings;
    return {
      end,
      ...told,
      statistics: this.statistics,
      unordered: this.expansion.unordered,
      ...(end === 'memory' && { noRoom: this.heartbeat.memory.heapFull }),
    };
  }

  private get statistics(): Statistics {
    const { expansion } = this;
    const { plans, distinct, generated, outside, unexpanded } = expansion;
    return {
      initial: expansion.begun,
      distinct,
      generated,
      outside,
      depth: this.depth + (expansion.frontier.nextCount > 0 ? 1 : 0),
      frontier: unexpanded,
      seconds: this.heartbeat.seconds,
      actions: plans.map(({ action, index }) => ({ action: action.name, ...expansion.countsOf(index) })),
      learning: this.learning,
    };
  }

  get learning(): Learning {
    const { learner, plans, judged, audit, distinct, generated, bytes, shared } = this.expansion;
    const { exact = false } = this.options;
    const now = learningReport(learner, plans, judged, audit, { distinct, generated, bytes, exact, shared });
    return this.earlier ? inAll(this.earlier.learning, now) : now;
  }
}
