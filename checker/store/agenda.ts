/** States of a level, by index: from one up to another. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Which states of a level are still to be expanded, and which is next. */
export class Agenda {
  /** Index of the next state, and of the first after it that is not to follow. */
  next = 0;
  end = 0;
  /** Whether states come from first to last, so that those before `next` are done with. */
  inOrder = true;
  private later: Stretch[] = [];
  private laterCount = 0;

  /** A level of so many states, all to be expanded. */
  begin(count: number): void {
    this.next = 0;
    this.end = count;
    this.inOrder = true;
    this.setLater([]);
  }

  /** How many are left. */
  get remaining(): number {
    return this.end - this.next + this.laterCount;
  }

  /** Makes sure that `next` is one to expand, where any is left. */
  turn(): void {
    if (this.next < this.end || this.later.length === 0) return;
    const [{ from, to }, ...rest] = this.later as [Stretch, ...Stretch[]];
    this.next = from;
    this.end = to;
    this.setLater(rest);
  }

  /** Takes some of what is left off the list. */
  takeOff(count: number): Stretch[] {
    const taken: Stretch[] = [];
    for (let room = count; room > 0 && this.remaining > 0;) {
      this.turn();
      const to = Math.min(this.end, this.next + room);
      taken.push({ from: this.next, to });
      room -= to - this.next;
      this.next = to;
    }
    return taken;
  }

  /** Puts stretches on the list, before the rest of it; the states no longer come in order. */
  putBack(stretches: readonly Stretch[]): void {
    this.setLater([...stretches, { from: this.next, to: this.end }, ...this.later]);
    this.end = this.next;
    this.inOrder = false;
  }

  private setLater(stretches: readonly Stretch[]): void {
    this.later = stretches.filter(({ from, to }) => from < to);
    this.laterCount = countOf(this.later);
  }
}

/** States of some stretches together. */
export function countOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { from, to }) => sum + to - from, 0);
}
