import type { Allowance } from '../learn/policy';
import type { Spending } from '../learn/spending';
import { AuditQueue, type Hit } from './auditQueue';

/** States that are compared whole before sampling starts: so many whatever that takes, so many if it takes little. */
const LEAST_STATES = 2;
const FIRST_STATES = 16;
/** States from one look at what has been spent for the next sample to another. */
const LEAST_GAP = 64;
const MOST_GAP = 1 << 20;

/**
 * What audits may take, so that they are a small share of all that is done: of what has just been learned, of first
 * hits of every leaf, and of whole states, sampled after the first few. Hits that there's nothing left for wait until
 * there is. Comparisons give what they took, in the units of cost.ts.
 */
export class AuditBudget {
  private nextState = 0;
  /** When that was put off last: which state it was, and what had been spent. */
  private lastVisits = 0;
  private lastTotal = 0;
  private spentOnStates = 0;
  /** What the last sample took. */
  private lastState = 0;
  private spentOnHits = 0;
  private spentOnLearned = 0;
  private readonly queue = new AuditQueue();

  constructor(private readonly spending: Spending) {}

  /** Whether the state about to be expanded, the `visits`-th, is a sample. */
  due(visits: number): boolean {
    if (visits < this.nextState) return false;
    const { total, policy } = this.spending;
    const { atLeast, share } = policy.states;
    if (visits < (this.spentOnStates < atLeast ? FIRST_STATES : LEAST_STATES)) return true;
    const wait = (this.spentOnStates + this.lastState) / share - total;
    if (wait <= 0) return true;
    const each = (total - this.lastTotal) / Math.max(1, visits - this.lastVisits);
    this.nextState = visits + Math.min(Math.max(Math.ceil(wait / Math.max(each, 1e-5)), LEAST_GAP), MOST_GAP);
    this.lastVisits = visits;
    this.lastTotal = total;
    return false;
  }

  /** How many states there are from the `visits`-th to the next sample. */
  until(visits: number): number {
    return Math.max(1, this.nextState - visits);
  }

  /** Compares the `visits`-th state, a sample. */
  ofState(visits: number, compare: () => number): void {
    this.lastState = compare();
    this.spentOnStates += this.lastState;
    this.nextState = visits + 1;
  }

  /** Has what has just been learned compared, if there is something left for it. */
  ofLearned(compare: () => number): void {
    if (this.spentOnLearned <= this.allowed(this.spending.policy.learned)) this.spentOnLearned += compare();
  }

  /** A hit has been compared. */
  ofHit(cost: number): void {
    this.spentOnHits += cost;
  }

  /** Notes a hit of a leaf that is to be audited, for when there is something left for it. */
  hit(hit: Hit): void {
    this.queue.add(hit);
  }

  /** The next hit to compare, if there is something left for one. */
  get nextHit(): Hit | undefined {
    const { hits } = this.spending.policy;
    return this.queue.next((isFirst) => this.spentOnHits <= this.allowed(hits, isFirst ? hits.atLeast : 0));
  }

  /** The next leaf's first hit, whatever it takes. */
  get nextFirstHit(): Hit | undefined {
    return this.queue.nextFirst();
  }

  /** Leaves that were to be compared and have not been, not once. */
  get unaudited(): number {
    return this.queue.untouched;
  }

  private allowed({ atLeast, share }: Allowance, least = atLeast): number {
    return Math.max(least, share * this.spending.total);
  }
}
