import type { Progress } from '../exploration';
import { grouped } from '../value/grouped';
import type { Terminal } from './terminal';

const ERASE_LINE = '\r\u001b[K';
const EVERY_SECONDS = 0.1;

/** One line on standard error that follows a search; nothing where nobody watches. */
export class ProgressLine {
  private shown = false;
  private last = 0;

  /** `about` stands before what is shown. */
  constructor(
    private readonly terminal: Terminal,
    private readonly about = '',
  ) {}

  show(progress: Progress): void {
    this.showText(progress.seconds, () => progressText(progress));
  }

  /** Shows anything; `seconds` since the beginning. */
  showText(seconds: number, text: () => string): void {
    if (!this.terminal.watched || seconds - this.last < EVERY_SECONDS) return;
    this.last = seconds;
    this.shown = true;
    this.terminal.err(ERASE_LINE + this.about + text());
  }

  /** Takes the line away: the result comes next. */
  clear(): void {
    if (this.shown) this.terminal.err(ERASE_LINE);
    this.shown = false;
  }
}

/** `12,345 states · depth 7 · 1,234 to expand · 56,000 states/s · 3 s`. */
export function progressText({ distinct, depth, frontier, seconds }: Progress): string {
  const rate = seconds > 0 ? Math.round(distinct / seconds) : 0;
  return [
    `${grouped(distinct)} states`,
    `depth ${depth}`,
    `${grouped(frontier)} to expand`,
    `${grouped(rate)} states/s`,
    `${Math.floor(seconds)} s`,
  ].join(' · ');
}
