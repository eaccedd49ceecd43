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
  ) {}

  /** An environment for a block, or for a function that has no `this` of its own. */
  inner(): Environment {
    return new Environment(this, this.captured, this.self);
  }

  /** An environment for a call of a function that was declared here. */
  called(self: Abstract): Environment {
    return new Environment(this, this.captured, self);
  }

  declare(name: string, value: Abstract): void {
    this.variables.set(name, value);
  }

  look(name: string): Abstract {
    return this.declared(name) ?? this.captured(name);
  }

  /** Checks an assignment: the variable must be declared here, and declared to be what it is assigned. */
  assign(name: string, value: Abstract): void {
    const declared = this.declared(name);
    if (!declared) throw new NotKnown(`who else sees ${name} change`);
    const fits = declared.kind === 'primitive' ? resolved(value).kind === 'primitive' : isData(value);
    if (declared.kind === 'opaque' || (isData(declared) && fits)) return;
    throw new NotKnown(`what ${name} is`);
  }

  private declared(name: string): Abstract | undefined {
    return this.variables.get(name) ?? this.parent?.declared(name);
  }
}
