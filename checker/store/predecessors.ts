const CHUNK = 1 << 14;

/**
 * How each distinct state was first reached: the state it came from and by which edge. 8 bytes a state. A level's states
 * need not be put down until somebody asks, or they are about to go.
 */
export class Predecessors {
  private readonly parents: Uint32Array[] = [];
  private readonly edges: Uint32Array[] = [];
  /** States put down; the next one gets this number. */
  private size = 0;
  private owed: (() => void) | undefined;

  /** The parent of an initial state; its edge is which initial state it is. */
  static readonly NO_PARENT = 0xffffffff;

  /** A level is to be put down, by `addAll`; the one before has been. */
  owe(record: () => void): void {
    this.owed = record;
  }

  /** Puts down what is owed. */
  catchUp(): void {
    const { owed } = this;
    this.owed = undefined;
    owed?.();
  }

  /** Adds `count` states: of the k-th, the parent stands in word `first + k * stride`, the edge in the next. */
  addAll(words: Int32Array, first: number, stride: number, count: number): void {
    let at = first;
    for (let left = count; left > 0;) {
      const start = this.size % CHUNK;
      if (start === 0) {
        this.parents.push(new Uint32Array(CHUNK));
        this.edges.push(new Uint32Array(CHUNK));
      }
      const parents = this.parents.at(-1) as Uint32Array;
      const edges = this.edges.at(-1) as Uint32Array;
      const end = Math.min(CHUNK, start + left);
      for (let k = start; k < end; k++, at += stride) {
        parents[k] = words[at] as number;
        edges[k] = words[at + 1] as number;
      }
      this.size += end - start;
      left -= end - start;
    }
  }

  /** The edges from an initial state to state `number`; the first one says which initial state. */
  edgesTo(number: number): number[] {
    this.catchUp();
    const path: number[] = [];
    for (let at = number; at !== Predecessors.NO_PARENT;) {
      const [parent, edge] = this.pastOf(at);
      path.push(edge);
      at = parent;
    }
    return path.reverse();
  }

  /** The state that a state was reached from, and the edge. */
  pastOf(number: number): readonly [parent: number, edge: number] {
    const [page, at] = [Math.floor(number / CHUNK), number % CHUNK];
    return [this.parents[page]?.[at] as number, this.edges[page]?.[at] as number];
  }

  get bytes(): number {
    return this.parents.length * CHUNK * 8;
  }
}
