import type { PlainStates } from '../learn/plainState';
import type { State } from '../model/model';
import { Agenda } from './agenda';
import type { Frontier } from './frontier';
import type { RowCopy } from './rowCopy';
import type { RowAt } from '../learn/row';

/** Which state is being expanded, and how it looks. */
export class Cursor {
  readonly agenda = new Agenda();
  /** The number of the level's first state: as many have been expanded before it. */
  first = 0;

  constructor(
    readonly frontier: Frontier,
    readonly plain: PlainStates,
    readonly rowCopy: RowCopy,
  ) {}

  /** States found so far, inside the constraint. */
  get distinct(): number {
    return this.first + this.frontier.count + this.frontier.nextCount;
  }

  /** The state's number. */
  get number(): number {
    return this.first + this.agenda.next;
  }

  /** How many states have been expanded. */
  get visits(): number {
    return this.first + this.frontier.count - this.agenda.remaining;
  }

  /** The state's address. */
  get address(): number {
    return this.frontier.addressOf(this.agenda.next);
  }

  /** The state's row: rows may move when something is learned. */
  readonly row = (): RowAt => this.frontier.rowAt(this.agenda.next);

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
}
