/**
 * What gives something else each time it is asked: chance, and the clock. A function of a spec that asks them answers
 * differently about the same state, now and then, and comparing a few of its answers need not show that. So it is seen
 * that it asks. Whatever else there is of the kind, or was taken hold of before, is left to comparing.
 */
export class Chance {
  private readonly random: () => number;
  private readonly clocks = new WeakMap<DateConstructor, DateConstructor>();

  /** `asked` is told what was asked for, and must throw. */
  constructor(private readonly asked: (what: string) => never) {
    this.random = asked.bind(null, 'Math.random()'); // bound: nobody who looks for its text takes it for harmless
  }

  /** Does something, with chance and the clock out of reach. */
  without<T>(body: () => T): T {
    const { random } = Math;
    const { Date } = globalThis;
    try {
      Math.random = this.random;
      globalThis.Date = this.stopped(Date);
      return body();
    } finally {
      Math.random = random;
      globalThis.Date = Date;
    }
  }

  /** Dates that tell any time but the present. */
  private stopped(clock: DateConstructor): DateConstructor {
    let stopped = this.clocks.get(clock);
    if (stopped === undefined) {
      const { asked } = this;
      const now = asked.bind(null, 'Date.now()');
      stopped = new Proxy(clock, {
        get: (target, key) => (key === 'now' ? now : (Reflect.get(target, key) as unknown)),
        construct: (target, given, made) =>
          given.length === 0 ? asked('new Date()') : (Reflect.construct(target, given, made) as object),
        apply: () => asked('Date()'),
      });
      this.clocks.set(clock, stopped);
    }
    return stopped;
  }
}
