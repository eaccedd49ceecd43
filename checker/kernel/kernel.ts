import { BAKED } from './baked';
import type { CellBytes } from './layout';
import type { Memory } from './memory';
import { WebAssembly, type CompiledModule } from './webAssembly';

/** The kernel's functions; see `assembly/`, which is what they are compiled from. Addresses may come back as negative numbers. */
export interface Kernel {
  gather(context: number, row: number): number;
  among(context: number, cells: number, list: number): number;
  find(context: number, row: number, from: number, to: number): number;
  take(context: number, row: number, number: number): number;
  judge(context: number, everyone: number): number;
  run(context: number, rows: number, from: number, to: number, first: number): number;
  work(context: number): void;
  freshChunk(context: number): number;
  addHalves(lower: number, upper: number): number;
  enlarge(slots: number, spare: number, spareRoom: number): number;
}

const modules = new Map<CellBytes, CompiledModule>();

/** The kernel for states of cells that wide, compiled once. */
export function kernelModule(bytes: CellBytes): CompiledModule {
  let module = modules.get(bytes);
  if (module === undefined) {
    module = new WebAssembly.Module(new Uint8Array(Buffer.from(BAKED[bytes], 'base64')));
    modules.set(bytes, module);
  }
  return module;
}

/** A kernel at work on a memory. */
export function kernelOn(memory: Memory, bytes: CellBytes): Kernel {
  const instance = new WebAssembly.Instance(kernelModule(bytes), { env: { memory: memory.shared } });
  return instance.exports as unknown as Kernel;
}
