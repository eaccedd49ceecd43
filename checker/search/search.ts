import type { Evaluator } from '../model/evaluator';
import { Heartbeat } from '../budget/heartbeat';
import type { Exploration, ExploreOptions, Limit } from '../exploration';
import { Expansion } from './expansion';
import type { LearnedSpec } from './learnedSpec';
import { searchBy, type Counts, type Search, type Task } from './strategy';

/**
 * Breadth-first search that calls the user's functions only for what it has not seen them do. Visits the
 * same states level by level as the reference search and gives the same counts and verdicts.
 */
export async function searchBreadthFirst(
  evaluator: Evaluator,
  options: ExploreOptions,
): Promise<Exploration> {
  const heartbeat = new Heartbeat(options);
  const found = await searchBy(breadthFirst, evaluator, options, heartbeat);
  if (!endedByOrder(found)) return found;
  return settled(found, await searchBy(breadthFirst, evaluator, { ...options, workers: 1 }, heartbeat));
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

const breadthFirst = (task: Task): Search => new BreadthFirst(task);

/** Level after level: whatever is found is found by a shortest run. */
class BreadthFirst implements Search {
  readonly spec: LearnedSpec;
  private readonly expansion: Expansion;
  private depth = 0;

  constructor(private readonly task: Task) {
    this.expansion = new Expansion(task.evaluator, task.memory, task.options);
    this.spec = this.expansion.spec;
  }

  async run(): Promise<Exploration['end']> {
    const end = (await this.begin()) ?? (await this.search());
    this.expansion.end(end === 'exhausted');
    return end;
  }

  get counts(): Counts {
    const { outside, unexpanded, unordered, shared, bytes, frontier } = this.expansion;
    const depth = this.depth + (frontier.nextCount > 0 ? 1 : 0);
    return {
      distinct: this.spec.position.distinct,
      outside,
      depth,
      frontier: unexpanded,
      unordered,
      shared,
      bytes,
    };
  }

  async release(orderly: boolean): Promise<void> {
    await this.expansion.release(orderly);
  }

  private async begin(): Promise<Limit | undefined> {
    const { expansion } = this;
    while (expansion.beginning) {
      const limit = expansion.begin() ?? (this.task.heartbeat.due ? await this.breathe() : undefined);
      if (limit) return limit;
    }
    return undefined;
  }

  private async search(): Promise<Exploration['end']> {
    const { expansion, spec } = this;
    const { options, heartbeat } = this.task;
    while (expansion.descend()) {
      this.depth++;
      if (spec.findings.enough(options)) return 'violation';
      if (this.depth === options.maxDepth) return 'depth';
      while (expansion.unfinished) {
        const going = expansion.advance();
        const limit = going instanceof Promise ? await going : going;
        if (limit) return limit;
        if (heartbeat.due) {
          const interrupted = await this.breathe();
          if (interrupted) return interrupted;
        }
      }
    }
    return 'exhausted';
  }

  private breathe(): Promise<Limit | undefined> {
    const { unexpanded, tableBytes } = this.expansion;
    const { generated, position } = this.spec;
    return this.task.heartbeat.rest(
      { distinct: position.distinct, generated, depth: this.depth, frontier: unexpanded },
      tableBytes,
    );
  }
}
