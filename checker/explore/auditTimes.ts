import { WaitingHits, type Hit } from './waitingHits';

/** Milliseconds that comparing each leaf once, what is learned, and whole states may take in any run, however short. */
const FOR_LEAVES = 20;
const FOR_LEARNED = 10;
const FOR_STATES = 4;
/** Shares of the run's time that they may take where that is more. */
const LEAF_SHARE = 0.01;
const LEARNED_SHARE = 0.005;
const STATE_SHARE = 0.004;
/** States that are compared whole before sampling starts: so many whatever that takes, so many if there is time. */
const LEAST_STATES = 2;
const FIRST_STATES = 16;
/** States from one look at the time for the next sample to another. */
const LEAST_GAP = 64;
const MOST_GAP = 1 << 20;

/**
 * When there is time for an audit, so that audits take a small share of a run's: of what has just been learned, of first
 * hits of every leaf, and of whole states, sampled after the first few. Hits that the run has no time for wait until it has.
 */
export class AuditTimes {
  private nextState = 0;
  /** When that was put off last. */
  private lastVisits = 0;
  private lastTime: number;
  private readonly begun: number;
  private spentOnStates = 0;
  /** What the last sample took. */
  private lastState = 0;
  private spentOnLeaves = 0;
  private spentOnLearned = 0;
  private readonly waiting = new WaitingHits();

  constructor(private readonly now: () => number) {
    this.begun = this.lastTime = now();
  }

  /** Whether the state about to be expanded, the `visits`-th, is a sample. */
  due(visits: number): boolean {
    if (visits < this.nextState) return false;
    if (visits < (this.spentOnStates < FOR_STATES ? FIRST_STATES : LEAST_STATES)) return true;
    const time = this.now();
    const wait = (this.spentOnStates + this.lastState) / STATE_SHARE - (time - this.begun);
    if (wait <= 0) return true;
    const each = (time - this.lastTime) / Math.max(1, visits - this.lastVisits);
    this.nextState = visits + Math.min(Math.max(Math.ceil(wait / Math.max(each, 1e-5)), LEAST_GAP), MOST_GAP);
    this.lastVisits = visits;
    this.lastTime = time;
    return false;
  }

  /** How many states there are from the `visits`-th to the next sample. */
  until(visits: number): number {
    return Math.max(1, this.nextState - visits);
  }

  /** Times the comparison of the `visits`-th state, a sample. */
  ofState(visits: number, compare: () => void): void {
    const start = this.now();
    compare();
    const took = this.now() - start;
    this.spentOnStates += took;
    this.lastState = took;
    this.nextState = visits + 1;
  }

  /** Has what has just been learned compared, and times that, if there is time for it. */
  ofLearned(compare: () => void): void {
    const start = this.now();
    if (this.spentOnLearned > Math.max(FOR_LEARNED, LEARNED_SHARE * (start - this.begun))) return;
    compare();
    this.spentOnLearned += this.now() - start;
  }

  /** Times the comparison of a hit. */
  ofHit<R>(compare: () => R): R {
    const start = this.now();
    const result = compare();
    this.spentOnLeaves += this.now() - start;
    return result;
  }

  /** Notes a hit of a leaf that is to be audited, for when there is time. */
  hit(hit: Hit): void {
    this.waiting.add(hit);
  }

  /** The next hit to compare, if there is time for one. */
  get nextHit(): Hit | undefined {
    return this.waiting.next((isFirst) => this.spentOnLeaves <= this.timeForLeaves(isFirst));
  }

  /** The next leaf's first hit, whatever the time. */
  get nextFirstHit(): Hit | undefined {
    return this.waiting.nextFirst();
  }

  /** Seconds spent on comparing. */
  get seconds(): number {
    return (this.spentOnLearned + this.spentOnLeaves + this.spentOnStates) / 1000;
  }

  /** Leaves that were to be compared and have not been, not once. */
  get unaudited(): number {
    return this.waiting.untouched;
  }

  private timeForLeaves(isFirst: boolean): number {
    return Math.max(isFirst ? FOR_LEAVES : 0, LEAF_SHARE * (this.now() - this.begun));
  }
}
