/** Everything visited after so many events: the states, and those among them that are yet to be expanded. */
export class Layer {
  /** State → the fewest hidden steps since the last event by which it was reached. */
  readonly visited = new Map<number, number>();
  /** States to which a hidden step leads that was one too many. */
  readonly beyond = new Set<number>();
  /** Hidden steps since the last event → nodes to expand, in the order in which they came. */
  private readonly waiting: number[][] = [];
  private shortest = 0;
  private next = 0;

  add(node: number, hidden: number): void {
    while (this.waiting.length <= hidden) this.waiting.push([]);
    (this.waiting[hidden] as number[]).push(node);
    if (hidden < this.shortest) this.start(hidden);
  }

  /** The node to expand next: the fewest hidden steps first. */
  take(): number | undefined {
    for (; this.shortest < this.waiting.length; this.start(this.shortest + 1)) {
      const nodes = this.waiting[this.shortest] as number[];
      if (this.next < nodes.length) return nodes[this.next++];
      this.waiting[this.shortest] = [];
    }
    return undefined;
  }

  private start(hidden: number): void {
    if (this.next > 0) this.waiting[this.shortest]?.splice(0, this.next);
    this.shortest = hidden;
    this.next = 0;
  }
}
