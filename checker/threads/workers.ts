import { Worker } from 'node:worker_threads';
import { InternalError, WorkerDied } from '../model/engineError';
import { CONTEXT_BYTES, CONTEXTS } from '../kernel/codes';
import { HEADER, TABLES, type CellBytes } from '../kernel/layout';
import { kernelModule } from '../kernel/kernel';
import type { Memory } from '../kernel/memory';

/** How long the main thread waits before it looks whether a worker has died. */
const PATIENCE_MS = 200;

/**
 * What a worker runs: it waits for phases, and expands ranges of states in each. It has no part of the spec: the
 * kernel and the tables are all it needs. Text, so that it needs no file of its own beside any kind of build.
 */
const SOURCE = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', ({ module, memory, length, context, PHASE, BUSY, READY, FAILED }) => {
  const words = new Int32Array(memory.buffer, 0, length);
  const { work } = new WebAssembly.Instance(module, { env: { memory } }).exports;
  let phase = Atomics.load(words, PHASE);
  Atomics.add(words, READY, 1);
  while (phase >= 0) {
    Atomics.wait(words, PHASE, phase);
    const next = Atomics.load(words, PHASE);
    if (next === phase) continue; // notified of a phase that it saw, and was through with, before
    phase = next;
    try {
      if (phase >= 0) work(context);
    } catch {
      Atomics.store(words, FAILED, -1);
    }
    if (Atomics.sub(words, BUSY, 1) === 1) Atomics.notify(words, BUSY);
  }
});
`;

/** Workers that wait for a search to take them. */
const idle: Worker[] = [];

/** The threads of a search beside the main one. They share its memory, and rest while the main thread learns. */
export class Threads {
  private readonly workers: Worker[];
  private readonly words: Int32Array;
  private dead: string | undefined;
  private phase = 0;
  private attached = false;
  private readonly onEnd = (cause: unknown): void => {
    this.dead ??= cause instanceof Error ? cause.message : `exit code ${String(cause)}`;
  };

  constructor(
    private readonly memory: Memory,
    /** How many. */
    readonly count: number,
  ) {
    this.words = new Int32Array(memory.buffer as unknown as ArrayBuffer, 0, TABLES >> 2);
    this.workers = Array.from(
      { length: count },
      () => idle.pop() ?? new Worker(SOURCE, { eval: true, execArgv: [] }),
    );
    for (const worker of this.workers) {
      worker.unref();
      worker.on('error', this.onEnd).on('exit', this.onEnd);
    }
  }

  /** Resolves when all have started and wait for work. Rejects with `WorkerDied`. */
  async whenReady(): Promise<void> {
    for (;;) {
      if (this.dead !== undefined) throw new WorkerDied(this.dead);
      if (Atomics.load(this.words, HEADER.READY >> 2) === this.count) return;
      await pause();
    }
  }

  /** Gives them the kernel for cells that wide. They may not be at work. */
  attach(cellBytes: CellBytes): void {
    this.memory.set(HEADER.READY, 0);
    this.memory.set(HEADER.PHASE, (this.phase = 0));
    const module = kernelModule(cellBytes);
    const at = Object.fromEntries(
      (['PHASE', 'BUSY', 'READY', 'FAILED'] as const).map((name) => [name, HEADER[name] >> 2]),
    );
    this.workers.forEach((worker, k) =>
      worker.postMessage({
        module,
        memory: this.memory.shared,
        length: TABLES >> 2,
        context: CONTEXTS + (k + 1) * CONTEXT_BYTES,
        ...at,
      }),
    );
    this.attached = true;
  }

  /** Takes the kernel away from them again, once they are ready. */
  async detach(): Promise<void> {
    if (!this.attached) return;
    await this.whenReady();
    this.attached = false;
    this.signal(-1);
    await this.finished();
  }

  /** Wakes all of them to work; `finished` tells when they are through. */
  start(): void {
    this.signal(++this.phase);
  }

  /** Resolves when all are through. Rejects with `WorkerDied`. */
  async finished(): Promise<void> {
    const { words } = this;
    const at = HEADER.BUSY >> 2;
    for (;;) {
      const busy = Atomics.load(words, at);
      if (busy === 0) return;
      if (busy < 0) throw new InternalError('a thread of the search worked twice in one phase');
      if (Atomics.wait(words, at, busy, PATIENCE_MS) !== 'timed-out') continue;
      await pause();
      if (this.dead !== undefined) throw new WorkerDied(this.dead);
    }
  }

  /** Lets them go: for another search, or for good where they may still be at work. */
  async release(orderly: boolean): Promise<void> {
    if (orderly) await this.detach();
    for (const worker of this.workers) {
      worker.off('error', this.onEnd).off('exit', this.onEnd);
      if (orderly) idle.push(worker);
      else void worker.terminate();
    }
  }

  private signal(phase: number): void {
    Atomics.store(this.words, HEADER.BUSY >> 2, this.count);
    Atomics.store(this.words, HEADER.PHASE >> 2, phase);
    Atomics.notify(this.words, HEADER.PHASE >> 2);
  }
}

/** Lets events in: a worker's end is one. */
function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
