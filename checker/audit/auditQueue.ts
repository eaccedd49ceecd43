import type { Instance } from '../learn/learner';

/** Hits of each action that don't wait. */
const FIRST_HITS = 16;
/** Hits that wait at most: leaves' first ones of more than these are compared whatever that takes, others are let go. */
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
  private readonly hits: Hit[] = [];
  private done = 0;

  get size(): number {
    return this.hits.length - this.done;
  }

  add(hit: Hit): void {
    this.hits.push(hit);
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
export class AuditQueue {
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
    else if (isFirst) this.first.add(hit);
    else if (this.others.size < MOST_WAITING) this.others.add(hit);
  }

  /** The next one; one that waits only where a leaf's first, or another, may be compared. */
  next(may: (isFirst: boolean) => boolean): Hit | undefined {
    const urgent = this.atOnce.take();
    if (urgent) return urgent;
    if (this.first.size > 0)
      return this.first.size > MOST_WAITING || may(true) ? this.first.take() : undefined;
    return this.others.size > 0 && may(false) ? this.others.take() : undefined;
  }

  /** The next leaf's first, whatever it takes. */
  nextFirst(): Hit | undefined {
    return this.atOnce.take() ?? this.first.take();
  }

  /** Leaves that no hit of which has been taken. */
  get untouched(): number {
    return this.first.size;
  }
}
