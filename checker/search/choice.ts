import type { Limit } from '../exploration';
import { InternalError } from '../model/engineError';
import { OUTCOME } from '../kernel/codes';
import type { CellRow } from '../learn/row';
import type { FingerprintSet } from '../store/fingerprintSet';
import type { Arrivals } from './admission';
import type { LearnedSpec } from './learnedSpec';

/** A state that may be gone on to. */
interface Candidate {
  readonly low: number;
  readonly high: number;
  readonly parent: number;
  readonly edge: number;
  readonly cells: CellRow;
  readonly step: number | undefined;
}

/** Of the states that steps lead to, one is chosen: the k-th with a chance of one in k, so each alike. */
export class Choice implements Arrivals {
  /** Different states gone on to: inside the constraint, and outside. */
  distinct = 0;
  outside = 0;
  private offered = 0;
  private fingerprint: readonly [low: number, high: number] = [0, 0];
  private chosen: Candidate | undefined;

  constructor(
    private readonly spec: LearnedSpec,
    /** The fingerprints of all states gone on to. */
    private readonly met: FingerprintSet,
    private seed: number,
  ) {}

  /** A whole number below another, each with the same chance. */
  below(count: number): number {
    this.seed = (Math.imul(this.seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.seed / 2 ** 32) * count);
  }

  add(low: number, high: number): boolean {
    this.fingerprint = [low, high];
    return this.below(++this.offered) === 0;
  }

  settle(step: number | undefined): undefined {
    const { out } = this.spec.position;
    const { row, offset, width } = out.outRow();
    const [low, high] = this.fingerprint;
    this.chosen = { low, high, ...out.signature, cells: row.slice(offset, offset + width), step };
  }

  answer(outcome: number): Limit | undefined {
    const { out } = this.spec.position;
    if (outcome === OUTCOME.CROWDED) this.met.grow();
    else if (outcome === OUTCOME.FULL) out.turnOver();
    else throw new InternalError(`the kernel cannot go on: ${outcome}`);
    return undefined;
  }

  /** Judges the state chosen and keeps it; false where none was, or it is outside the constraint. */
  settled(): boolean {
    const { chosen, spec } = this;
    this.chosen = undefined;
    this.offered = 0;
    if (chosen === undefined) return false;
    const { low, high, parent, edge, cells, step } = chosen;
    const { out } = spec.position;
    const { row, offset, width } = out.outRow();
    row.fill(0, offset, offset + width);
    row.set(cells, offset);
    out.sign(low, high, parent, edge);
    if (this.met.full) this.met.grow();
    const isNew = this.met.add(low, high);
    const inside = spec.judge(step, true) === true;
    if (inside) out.keep();
    if (isNew) this[inside ? 'distinct' : 'outside']++;
    return inside;
  }
}
