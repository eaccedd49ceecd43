/** How a test writes an expectation, for messages that say what to write instead. */
export interface Wording {
  /** The function: `expect(…).toHold`, `assertHolds`. */
  readonly name: string;
  /** Its call on what is judged: `expect(await check(spec)).toHold(…)`. */
  readonly on: (judged: string) => string;
}
