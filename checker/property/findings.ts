import type { Parameters } from '../../spec/index';
import type { Instance, Learner } from '../learn/learner';
import type { Row } from '../model/evaluator';
import type { Exploration, ExploreOptions, FindingKind } from '../exploration';
import { Predecessors } from '../store/predecessors';

/** No state, no edge. */
const NONE = -1;

interface Marked {
  readonly kind: FindingKind;
  readonly property: string;
  readonly parameters: Parameters | undefined;
  readonly edges: readonly number[];
}

/** What a learned search has found so far: runs as edges, to be taken again at the end. */
export class Findings {
  private readonly marked = new Map<string, Marked>();
  private readonly reached = new Map<string, readonly number[]>();
  /** The state looked at: a numbered one, and the edge to a new one if that is it. */
  private focusState = NONE;
  private focusEdge = NONE;

  constructor(
    private readonly learner: Learner,
    private readonly predecessors: Predecessors,
  ) {}

  /** What is found from now on is found at a numbered state. */
  lookAt(state: number): void {
    this.lookPast(state, NONE);
  }

  /** What is found from now on is found at the state that an edge leads to; from no state, at an initial one. */
  lookPast(state: number, edge: number): void {
    this.focusState = state === Predecessors.NO_PARENT ? NONE : state;
    this.focusEdge = edge;
  }

  /** Marks a property that falls at the state looked at, or in a step from it. */
  mark(kind: FindingKind, property: string, parameters?: Parameters, edge?: number): void {
    if (this.marked.has(property)) return;
    const edges = edge === undefined ? this.focus : [...this.focus, edge];
    this.marked.set(property, { kind, property, parameters, edges });
  }

  /** A reachable property holds in the state looked at. */
  reach(property: string): void {
    this.reached.set(property, this.focus);
  }

  has(property: string): boolean {
    return this.marked.has(property);
  }

  /** Whether the search may end, at the end of a level. */
  enough({ keepGoing, deadlock }: ExploreOptions): boolean {
    if (this.marked.size === 0) return false;
    if (!keepGoing) return true;
    const { invariants, actionProperties, reachable } = this.learner.evaluator.model;
    const properties = invariants.length + actionProperties.length + (deadlock ? 1 : 0);
    return this.marked.size === properties && this.reached.size === reachable.length;
  }

  /** The findings, each with its run. Throws `Fault` where a run can't be taken again. */
  get told(): Pick<Exploration, 'findings' | 'reached'> {
    const findings = [...this.marked.values()]
      .map(({ kind, property, parameters, edges }) => ({
        kind,
        property,
        ...(parameters && Object.keys(parameters).length > 0 && { parameters }),
        path: this.rowsOf(edges),
      }))
      .sort((a, b) => a.path.length - b.path.length);
    const reached = new Map([...this.reached].map(([name, edges]) => [name, this.rowsOf(edges)]));
    return { findings, reached };
  }

  /** The run to the state looked at. Throws `Fault` where it can't be taken again. */
  get path(): Row[] {
    return this.rowsOf(this.focus);
  }

  private get focus(): readonly number[] {
    const path = this.focusState === NONE ? [] : this.predecessors.edgesTo(this.focusState);
    return this.focusEdge === NONE ? path : [...path, this.focusEdge];
  }

  /** Follows edges from an initial state by the user's own functions. */
  private rowsOf(edges: readonly number[]): Row[] {
    const { evaluator, edgeInstance, edgeChoice } = this.learner;
    const [initial, ...steps] = edges;
    if (initial === undefined) return [];
    const rows = [evaluator.initial.at(initial) as Row];
    for (const edge of steps) {
      const { action, parameters } = edgeInstance[edge] as Instance;
      rows.push(evaluator.step(rows.at(-1) as Row, action, parameters, edgeChoice[edge] as number));
    }
    return rows;
  }
}
