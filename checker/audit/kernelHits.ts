import { MOST_HITS } from '../kernel/codes';
import { CONTEXT, HIT, ROW } from '../kernel/layout';
import type { Memory } from '../kernel/memory';

const HIT_WORDS = HIT.BYTES >> 2;

/** What the kernel came by in some state: a leaf that is to be audited. */
export interface KernelHit {
  readonly leaf: number;
  /** The number of its instance. */
  readonly instance: number;
  /** The address of the state. */
  readonly row: number;
}

/** The hits that the kernel notes, thread by thread. */
export class KernelHits {
  private readonly contexts: Int32Array[];

  constructor(
    private readonly memory: Memory,
    threads: number,
  ) {
    this.contexts = Array.from({ length: threads }, (_, thread) => memory.context(thread));
    for (const context of this.contexts) context[CONTEXT.HITS >> 2] = memory.allocate(MOST_HITS * HIT.BYTES);
  }

  /** Those since this was asked last. */
  take(): KernelHit[] {
    const taken: KernelHit[] = [];
    for (const context of this.contexts) {
      const count = context[CONTEXT.HIT_COUNT >> 2] as number;
      if (count === 0) continue;
      const words = this.memory.words(context[CONTEXT.HITS >> 2] as number, count * HIT_WORDS);
      for (let k = 0; k < words.length; k += HIT_WORDS) {
        const [leaf, instance, cells] = words.subarray(k) as Iterable<number> as [number, number, number];
        taken.push({ leaf, instance, row: (cells >>> 0) - ROW.CELLS });
      }
      context[CONTEXT.HIT_COUNT >> 2] = 0;
    }
    return taken;
  }
}
