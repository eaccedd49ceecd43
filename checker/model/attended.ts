/**
 * Does some work in which the spec's functions are called. Where one of them had to be stopped since it didn't come back,
 * rejects with the `NoAnswer` that says so: the work has been left in the midst of that call, for good.
 */
export type Attend = <T>(work: () => T | Promise<T>) => Promise<T>;

/** Nobody looks on: a function that doesn't come back is waited for. */
let attend: Attend = async (work) => work();

/** From now on somebody looks on. */
export function attendBy(someone: Attend): void {
  attend = someone;
}

/** Does some work under the eyes of whoever looks on in this process. Not for work that is part of such work. */
export function attended<T>(work: () => T | Promise<T>): Promise<T> {
  return attend(work);
}
