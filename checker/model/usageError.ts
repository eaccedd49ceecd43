import { closest, distance } from 'fastest-levenshtein';

/** The user asked for something that isn't there or can't be: exit code 2. The message is all there is to show. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** `there is no invariant 'x'`, with the nearest known name or all of them. */
export function unknownName(kind: string, name: string, known: readonly string[], where: string): UsageError {
  return new UsageError(`${where} has no ${kind} '${name}'${suggestion(name, known, kind)}`);
}

/** `; did you mean 'y'?`, or the list where nothing is near. */
export function suggestion(name: string, known: readonly string[], kind: string): string {
  if (known.length === 0) return `: it declares no ${kind} at all`;
  const near = closest(
    name.toLowerCase(),
    known.map((k) => k.toLowerCase()),
  );
  const original = known.find((k) => k.toLowerCase() === near) ?? near;
  return distance(name.toLowerCase(), near) <= Math.max(2, Math.ceil(name.length / 3))
    ? `; did you mean '${original}'?`
    : `; it has ${known.join(', ')}`;
}
