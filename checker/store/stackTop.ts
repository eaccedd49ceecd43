import type { RowAt } from '../learn/row';
import type { Predecessors } from './predecessors';
import type { RowStack } from './rowStack';
import type { Standing } from './standing';

/** A state on the stack. */
interface Entry {
  readonly number: number;
  readonly depth: number;
  /** Whether its steps have been taken: it stays below the states that they lead to. */
  expanded: boolean;
}

/** Where a search by one run stands: at the highest state of a stack whose steps have not been taken. */
export class StackTop implements Standing {
  visits = 0;
  private entries: Entry[] = [];
  private numbered = 0;

  constructor(
    readonly out: RowStack,
    private readonly predecessors: Predecessors,
  ) {}

  /**
   * Turns to the highest state whose steps have not been taken, now that some have come on top. States that are done with go.
   * False where none is left.
   */
  turn(): boolean {
    const { entries, out } = this;
    const depth = (entries.at(-1)?.depth ?? 0) + 1;
    while (entries.length < out.size) {
      const { parent, edge } = out.signatureOf(entries.length);
      this.predecessors.addAll(Int32Array.of(parent, edge), 0, 2, 1);
      entries.push({ number: this.numbered++, depth, expanded: false });
    }
    while (entries.at(-1)?.expanded) entries.pop();
    out.cut(entries.length);
    return entries.length > 0;
  }

  /** The steps of the state stood at have been taken, or are not to be. */
  leave(): void {
    this.top.expanded = true;
    this.visits++;
  }

  /** Leaves the whole stack. */
  clear(): void {
    this.entries = [];
    this.out.cut(0);
  }

  get depth(): number {
    return this.top.depth;
  }

  get unexpanded(): number {
    return this.distinct - this.visits;
  }

  get distinct(): number {
    return this.numbered + this.out.size - this.entries.length;
  }

  get number(): number {
    return this.top.number;
  }

  get address(): number {
    return this.out.addressOf(this.index);
  }

  get fingerprint(): readonly [low: number, high: number] {
    return this.out.fingerprintOf(this.index);
  }

  row(): RowAt {
    return this.out.rowAt(this.index);
  }

  /** The kernel is asked about no other state. */
  stateAt(): { readonly number: number; readonly row: RowAt } {
    return { number: this.number, row: this.row() };
  }

  edgesTo(number: number): readonly number[] {
    return this.predecessors.edgesTo(number);
  }

  fit(cells: number, local: number): void {
    this.out.fit(cells, local);
  }

  private get index(): number {
    return this.entries.length - 1;
  }

  private get top(): Entry {
    return this.entries.at(-1) as Entry;
  }
}
