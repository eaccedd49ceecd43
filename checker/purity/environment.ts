import { OPAQUE, isData, resolved, type Abstract } from './abstract';
import { NotKnown } from './notKnown';

/** The variables that code which is looked into declares, one environment a block; outermost, what its function captured. */
export class Environment {
  private readonly variables = new Map<string, Abstract>();

  constructor(
    private readonly parent: Environment | null,
    /** What a name means that no environment declares. */
    private readonly captured: (name: string) => Abstract,
    /** What `this` is. */
    readonly self: Abstract = OPAQUE,
    /** In how many functions that are asked out of order this is. */
    private readonly level = 0,
  ) {}

  /** An environment for a block, or for a function that has no `this` of its own. */
  inner(level = this.level): Environment {
    return new Environment(this, this.captured, this.self, level);
  }

  /** An environment for a call of a function that was declared here. */
  called(self: Abstract, level: number): Environment {
    return new Environment(this, this.captured, self, level);
  }

  declare(name: string, value: Abstract): void {
    this.variables.set(name, value);
  }

  look(name: string): Abstract {
    return this.declaring(name)?.variables.get(name) ?? this.captured(name);
  }

  /**
   * Checks an assignment: the variable must be declared here, in no function that asks the one at hand out of order, and
   * declared to be what it is assigned.
   */
  assign(name: string, value: Abstract): void {
    const declaring = this.declaring(name);
    const declared = declaring?.variables.get(name);
    if (!declared || declaring?.level !== this.level) throw new NotKnown(`who else sees ${name} change`);
    const fits = declared.kind === 'primitive' ? resolved(value).kind === 'primitive' : isData(value);
    if (declared.kind === 'opaque' || (isData(declared) && fits)) return;
    throw new NotKnown(`what ${name} is`);
  }

  private declaring(name: string): Environment | undefined {
    return this.variables.has(name) ? this : this.parent?.declaring(name);
  }
}
