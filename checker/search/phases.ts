import type { Kernel } from '../kernel/kernel';
import type { CellBytes } from '../kernel/layout';
import { countOf } from '../store/agenda';
import type { ExploreOptions } from '../exploration';
import type { Cursor } from '../store/cursor';
import type { BesideOthers, Leftover, LevelThreads } from '../threads/levelThreads';

/** States left in a level from which on several threads are worth waking. */
const WORTH_WAKING = 1 << 11;
/** States of the first phase that several threads expand, and of the longest one a thread: some 50 ms. */
const FIRST_PHASE = 1 << 14;
const LONGEST_EACH = 1 << 16;
/** Phases get longer while no more than one state in so many has to wait for something to be learned. */
const FEW = 1 << 8;

/** The phases in which several threads expand states, and how long they are. */
export class Phases {
  /** States expanded in them. */
  shared = 0;
  /** Whether there has been one. */
  ran = false;
  /** The threads' kernel is for cells that wide. */
  private cellBytes: CellBytes;
  private states = FIRST_PHASE;

  constructor(
    readonly levelThreads: LevelThreads,
    private readonly cursor: Cursor,
    private readonly options: ExploreOptions,
  ) {
    this.cellBytes = cursor.out.cellBytes;
  }

  /** Whether there is enough left to do for several threads. */
  get pays(): boolean {
    return this.cursor.agenda.remaining >= (this.options.togetherFrom ?? WORTH_WAKING);
  }

  /** Resolves when all threads wait for work. */
  async ready(): Promise<void> {
    const { cellBytes } = this.cursor.out;
    if (this.cellBytes !== cellBytes) {
      this.cellBytes = cellBytes;
      await this.levelThreads.renew();
    }
    await this.levelThreads.ready();
  }

  /**
   * Expands some of the level's states, and says what is left of them to do. Threads gather up to so many leaves;
   * the main thread joins them when it has done `ahead`.
   */
  async run(kernel: Kernel, leavesRoom: number, ahead: BesideOthers): Promise<Leftover> {
    this.ran = true;
    const { agenda, first } = this.cursor;
    const stretches = agenda.takeOff(this.states);
    const left = await this.levelThreads.expand(kernel, stretches, first, leavesRoom, ahead);
    const longest = LONGEST_EACH * (this.options.workers ?? 1);
    if (left.untouched.length > 0) this.states = Math.max(FIRST_PHASE, this.states / 2);
    else if (left.putOff.length * FEW <= this.states) this.states = Math.min(longest, this.states * 2);
    this.shared += countOf(stretches) - countOf(left.untouched) - left.putOff.length;
    return left;
  }
}
