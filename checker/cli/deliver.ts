import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../model/usageError';
import type { Json } from '../report/index';
import type { Terminal } from './terminal';

/** Where a report goes. */
export interface Destination<F extends string = 'text' | 'json'> {
  readonly format: F;
  /** Gets the report in `format`; standard output then gets the text, for whoever watches. */
  readonly out?: string | undefined;
}

/** A report in its forms `F`; each is made only when it is needed. */
export type Report<F extends string = 'text' | 'json'> = {
  readonly text: (colour: boolean) => string;
  readonly json: () => Json;
} & { readonly [O in Exclude<F, 'text' | 'json'>]: () => string };

/** Refuses a file that can't be written before any work is done. Throws `UsageError`. */
export function requireWritable({ out }: { readonly out?: string | undefined }, directory: string): void {
  if (out === undefined) return;
  const full = resolve(directory, out);
  const folder = dirname(full);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`--out ${out}: there is no folder ${folder}; make it first`);
  if (statSync(full, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`--out ${out} is a folder; name a file`);
}

/** Writes a report to standard output and, if asked, to a file. */
export function deliver<F extends string>(
  report: Report<F>,
  { format, out }: Destination<F>,
  terminal: Terminal,
): void {
  const forms: { readonly [form: string]: unknown } = report;
  const written = (colour: boolean) => {
    if (format === 'text') return report.text(colour);
    return format === 'json'
      ? `${JSON.stringify(report.json(), null, 2)}\n`
      : (forms[format] as () => string)();
  };
  if (out !== undefined) writeTo(out, written(false), terminal.directory);
  terminal.out(out === undefined ? written(terminal.colour) : report.text(terminal.colour));
}

/** Writes a file. Throws `UsageError` where that fails. */
export function writeTo(out: string, content: string, directory: string): void {
  const full = resolve(directory, out);
  try {
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, content);
  } catch (error) {
    throw new UsageError(`--out ${out}: ${(error as Error).message}`);
  }
}
