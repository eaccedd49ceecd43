import type { PlainStates } from '../learn/plainState';
import type { RowAt } from '../learn/row';
import type { State } from '../model/model';
import { copyCells } from './copyCells';
import { RowCopy } from './rowCopy';
import type { NewStates, Standing } from './standing';

/** The state that a search stands at: as a row, as a copy to learn from, and as the values that functions are shown. */
export class Position {
  readonly rowCopy = new RowCopy();

  constructor(
    readonly standing: Standing,
    readonly plain: PlainStates,
  ) {}

  get visits(): number {
    return this.standing.visits;
  }

  get distinct(): number {
    return this.standing.distinct;
  }

  get number(): number {
    return this.standing.number;
  }

  get address(): number {
    return this.standing.address;
  }

  get out(): NewStates {
    return this.standing.out;
  }

  /** Its row: rows may move when something is learned. */
  readonly row = (): RowAt => this.standing.row();

  /** A copy of its row to learn from; it serves until the next one is asked for. */
  copied(): RowAt {
    return this.rowCopy.copied(this.row());
  }

  /** A copy of its row to keep. */
  kept(): RowAt {
    const { row, offset, width } = this.row();
    return { row: row.slice(offset, offset + width), offset: 0, width };
  }

  /** The state as real values, however rows move. */
  state(): State {
    return this.plain.of(this.kept());
  }

  /** `outRow`, holding a copy of the state. */
  copiedOut(): RowAt {
    const to = this.out.outRow();
    copyCells(this.row(), to.row, to.offset);
    return to;
  }
}
