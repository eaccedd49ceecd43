import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../model/usageError';
import type { Json } from '../report/index';
import type { Terminal } from './terminal';

/** Where a report goes. */
export interface Destination {
  readonly format: 'text' | 'json';
  /** Gets the report in `format`; standard output then gets the text, for whoever watches. */
  readonly out?: string | undefined;
}

/** A report in both forms; each is made only when it is needed. */
export interface Report {
  text(colour: boolean): string;
  json(): Json;
}

/** Refuses a file that can't be written before any work is done. Throws `UsageError`. */
export function requireWritable({ out }: Pick<Destination, 'out'>, directory: string): void {
  if (out === undefined) return;
  const full = resolve(directory, out);
  const folder = dirname(full);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`--out ${out}: there is no folder ${folder}; make it first`);
  if (statSync(full, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`--out ${out} is a folder; name a file`);
}

/** Writes a report to standard output and, if asked, to a file. */
export function deliver(report: Report, { format, out }: Destination, terminal: Terminal): void {
  const json = () => `${JSON.stringify(report.json(), null, 2)}\n`;
  if (out !== undefined) writeTo(out, format === 'json' ? json() : report.text(false), terminal.directory);
  terminal.out(format === 'json' && out === undefined ? json() : report.text(terminal.colour));
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
