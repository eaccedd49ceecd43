import type { Instance } from '../learn/learner';

/** Hits of each action that don't wait. */
const FIRST_HITS = 16;
/** Hits of a kind that wait at most. */
const MOST_WAITING = 1 << 13;

/** A leaf that is to be audited, and a state that led to it. */
export interface Hit {
  readonly instance: Instance;
  readonly leaf: number;
  /** The state's cells, and its number. */
  readonly row: Uint32Array;
  readonly state: number;
}

/** First in, first out. */
class Queue {
  /** Leaves that found no room. */
  dropped = 0;
  private readonly hits: Hit[] = [];
  private done = 0;

  get size(): number {
    return this.hits.length - this.done;
  }

  add(hit: Hit, most = Infinity): void {
    if (this.size < most) this.hits.push(hit);
    else this.dropped++;
  }

  take(): Hit | undefined {
    const hit = this.hits[this.done];
    if (hit !== undefined && ++this.done === MOST_WAITING) {
      this.hits.splice(0, this.done);
      this.done = 0;
    }
    return hit;
  }
}

/** Hits to be audited: an action's first ones at once, then every leaf's first, then others. */
export class WaitingHits {
  private readonly atOnce = new Queue();
  private readonly first = new Queue();
  private readonly others = new Queue();
  private readonly hitsOf: number[] = [];
  private readonly leaves = new Set<number>();

  add(hit: Hit): void {
    const { actionIndex } = hit.instance;
    const hits = this.hitsOf[actionIndex] ?? 0;
    const isFirst = !this.leaves.has(hit.leaf);
    this.hitsOf[actionIndex] = hits + 1;
    this.leaves.add(hit.leaf);
    if (hits < FIRST_HITS) this.atOnce.add(hit);
    else if (isFirst) this.first.add(hit, MOST_WAITING);
    else this.others.add(hit, MOST_WAITING);
  }

  /** The next one; one that waits only where there is time for a leaf's first, or for others. */
  next(timeFor: (isFirst: boolean) => boolean): Hit | undefined {
    const urgent = this.atOnce.take();
    if (urgent) return urgent;
    if (this.first.size > 0) return timeFor(true) ? this.first.take() : undefined;
    return this.others.size > 0 && timeFor(false) ? this.others.take() : undefined;
  }

  /** The next leaf's first, whatever the time. */
  nextFirst(): Hit | undefined {
    return this.atOnce.take() ?? this.first.take();
  }

  /** Leaves that no hit of which has been taken. */
  get untouched(): number {
    return this.first.size + this.first.dropped;
  }
}
