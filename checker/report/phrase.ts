import { grouped } from '../value/grouped';

/** `1,234 states`, `1 state`: a whole number with its noun. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `0.02 s`, `12.3 s`. */
export function duration(seconds: number): string {
  return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** `1.6e-6`. */
export function probability(value: number): string {
  return value.toExponential(1);
}
