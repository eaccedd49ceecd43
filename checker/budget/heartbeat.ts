import type { ExploreOptions, Progress } from '../exploration';
import { turn } from '../model/attended';
import { MemoryWatch } from './memoryWatch';

const BREATH_MS = 50;

/** Lets a long search share its thread: progress goes out, an abort or the time limit comes in. */
export class Heartbeat {
  private readonly start: number;
  private breath: number;
  readonly memory: MemoryWatch;

  constructor(private readonly options: ExploreOptions) {
    this.start = this.breath = options.now();
    this.memory = new MemoryWatch(options.maxMemory);
  }

  get seconds(): number {
    return (this.options.now() - this.start) / 1000;
  }

  /** Whether enough time has passed that `rest` should be awaited. */
  get due(): boolean {
    return this.options.now() - this.breath >= BREATH_MS;
  }

  /**
   * Yields to the event loop; the limit that has been reached meanwhile, if any. `bytes` are what the search takes
   * outside of Node's heap.
   */
  async rest(
    progress: Omit<Progress, 'seconds'>,
    bytes: number,
  ): Promise<'aborted' | 'memory' | 'seconds' | undefined> {
    const { signal, maxSeconds, onProgress } = this.options;
    onProgress?.({ ...progress, seconds: this.seconds });
    await turn();
    this.breath = this.options.now();
    if (signal?.aborted) return 'aborted';
    if (this.memory.over(bytes)) return 'memory';
    return maxSeconds !== undefined && this.seconds >= maxSeconds ? 'seconds' : undefined;
  }
}
