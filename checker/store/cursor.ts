import type { RowAt } from '../learn/row';
import { Agenda } from './agenda';
import type { Frontier } from './frontier';
import type { Predecessors } from './predecessors';
import type { Standing } from './standing';

/** Where a search by levels stands: at a state of the frontier's level, the next one on the agenda. */
export class Cursor implements Standing {
  readonly agenda = new Agenda();
  /** The number of the level's first state: as many have been expanded before it. */
  first = 0;

  constructor(
    readonly out: Frontier,
    private readonly predecessors: Predecessors,
  ) {}

  get distinct(): number {
    return this.first + this.out.count + this.out.nextCount;
  }

  get number(): number {
    return this.first + this.agenda.next;
  }

  get visits(): number {
    return this.first + this.out.count - this.agenda.remaining;
  }

  get address(): number {
    return this.out.addressOf(this.agenda.next);
  }

  get fingerprint(): readonly [low: number, high: number] {
    return this.out.fingerprintOf(this.agenda.next);
  }

  row(): RowAt {
    return this.out.rowAt(this.agenda.next);
  }

  stateAt(address: number): { readonly number: number; readonly row: RowAt } {
    const index = this.out.indexAt(address);
    return { number: this.first + index, row: this.out.rowAt(index) };
  }

  edgesTo(number: number): readonly number[] {
    return this.predecessors.edgesTo(number);
  }

  fit(cells: number, local: number): void {
    this.out.fit(cells, local);
  }
}
