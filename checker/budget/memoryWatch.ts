import { totalmem } from 'node:os';
import { getHeapStatistics, type HeapInfo } from 'node:v8';

export const MEGABYTE = 1e6;
/** Share of the machine's memory that a search takes by default, and of Node's heap beyond which Node may give up. */
const SHARE = 0.75;
const HEAP_SHARE = 0.9;

/** What a search may take of the machine where nobody says, in megabytes. */
export function defaultMemory(): number {
  return Math.floor((totalmem() * SHARE) / MEGABYTE);
}

/** Sees to it that a search ends before memory does. */
export class MemoryWatch {
  constructor(
    /** Most megabytes, of the search's tables and Node's heap together. */
    readonly most = Infinity,
  ) {}

  /** Whether Node's heap is nearly full. */
  get heapFull(): boolean {
    return nearlyFull(getHeapStatistics());
  }

  /** Whether a search whose tables take so many bytes has to end. */
  over(bytes: number): boolean {
    const heap = getHeapStatistics();
    return heap.used_heap_size + heap.external_memory + bytes > this.most * MEGABYTE || nearlyFull(heap);
  }
}

function nearlyFull({ used_heap_size, heap_size_limit }: HeapInfo): boolean {
  return used_heap_size > heap_size_limit * HEAP_SHARE;
}
