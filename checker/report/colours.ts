import pc from 'picocolors';
import type { ReportOptions } from './options';

/** Functions from text to coloured text; each returns its text unchanged where colour is off. */
export type Colours = ReturnType<typeof pc.createColors>;

export function coloursOf(options: ReportOptions): Colours {
  return pc.createColors(options.colour ?? false);
}
