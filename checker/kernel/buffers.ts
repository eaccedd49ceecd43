import { CONTEXT, FOUND, GATHERED } from './layout';
import type { Memory } from './memory';

/** Words of a leaf gathered, and of a step found. */
export const LEAF_WORDS = GATHERED.BYTES >> 2;
export const FOUND_WORDS = FOUND.BYTES >> 2;
const LEAST_FOUND = 64;

/** What the kernel lists about the state being expanded: the leaves that it gathers and the steps that it finds, and room for them. */
export class Buffers {
  /** How many leaves there is room for. */
  leavesRoom = 0;
  private foundRoom = LEAST_FOUND;
  private readonly context: Int32Array;

  constructor(private readonly memory: Memory) {
    this.context = memory.context(0);
    this.allocateFound();
  }

  /** How many leaves are gathered. */
  get gathered(): number {
    return this.get(CONTEXT.GATHERED);
  }

  /** The leaves gathered. The memory serves again for the next state. */
  get leaves(): Int32Array {
    return this.memory.words(this.get(CONTEXT.LEAVES), this.gathered * LEAF_WORDS);
  }

  /** The steps found. The memory serves again for the next steps. */
  get found(): Int32Array {
    return this.memory.words(this.get(CONTEXT.FOUND), this.get(CONTEXT.FOUND_COUNT) * FOUND_WORDS);
  }

  /** Makes room for that many leaves. What has been gathered stays. */
  reserveLeaves(needed: number): void {
    if (needed <= this.leavesRoom) return;
    const room = needed * 2;
    const address = this.memory.allocate(room * GATHERED.BYTES);
    const { leaves } = this;
    this.memory.words(address, leaves.length).set(leaves);
    if (this.leavesRoom > 0) this.memory.free(this.get(CONTEXT.LEAVES), this.leavesRoom * GATHERED.BYTES);
    this.set(CONTEXT.LEAVES, address);
    this.leavesRoom = room;
  }

  /** Makes room for more steps. What was found is lost. */
  growFound(): void {
    this.memory.free(this.get(CONTEXT.FOUND), this.foundRoom * FOUND.BYTES);
    this.foundRoom *= 2;
    this.allocateFound();
  }

  private allocateFound(): void {
    this.set(CONTEXT.FOUND, this.memory.allocate(this.foundRoom * FOUND.BYTES));
    this.set(CONTEXT.FOUND_ROOM, this.foundRoom);
  }

  private get(field: number): number {
    return this.context[field >> 2] as number;
  }

  private set(field: number, value: number): void {
    this.context[field >> 2] = value;
  }
}
