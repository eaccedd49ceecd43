/** Of stretches one after the other, the one that an index is in; none before the first is asked for. */
export function stretchWith<T extends { readonly first: number }>(stretches: readonly T[], index: number): T {
  let from = 0;
  let to = stretches.length - 1;
  while (from < to) {
    const middle = (from + to + 1) >> 1;
    if ((stretches[middle] as T).first <= index) from = middle;
    else to = middle - 1;
  }
  return stretches[from] as T;
}
