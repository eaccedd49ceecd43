/** What the engine uses of WebAssembly, which neither the language's library nor Node's types declare. */
interface WebAssemblyApi {
  readonly Memory: new (description: { initial: number; maximum: number; shared: true }) => SharedMemory;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => CompiledModule;
  readonly Instance: new (
    module: CompiledModule,
    imports: { readonly [module: string]: { readonly [name: string]: SharedMemory } },
  ) => { readonly exports: unknown };
}

/** A memory that several threads may have. */
export interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
}

/** Compiled code; may be handed to other threads. */
export type CompiledModule = object;

export const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi };
