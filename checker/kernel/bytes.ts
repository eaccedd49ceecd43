import { compile } from './compile';
import { kernelConstants, kernelSource, type CellBytes } from './source';

/**
 * The kernel's code for states of cells that wide. A build puts the bytes themselves in the place of this module
 * (scripts/bakeKernel.mjs): to compile them takes longer than many a search.
 */
export function kernelBytes(cellBytes: CellBytes): Uint8Array<ArrayBuffer> {
  return compile(kernelSource(cellBytes), kernelConstants());
}
