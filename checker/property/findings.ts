import type { Parameters } from '../../spec/index';
import type { Instance, Learner } from '../learn/learner';
import type { Exploration, ExploreOptions, FindingKind } from '../exploration';
import { isEnough } from './enough';
import { Predecessors } from '../store/predecessors';
import type { Standing } from '../store/standing';
import { lengthOf, type Run } from '../trace/run';

/** No state, no edge. */
const NONE = -1;

interface Marked {
  readonly kind: FindingKind;
  readonly property: string;
  readonly parameters: Parameters | undefined;
  readonly edges: readonly number[];
}

/** What a learned search has found so far: runs as edges. */
export class Findings {
  private readonly marked = new Map<string, Marked>();
  private readonly reached = new Map<string, readonly number[]>();
  /** The state looked at: a numbered one, and the edge to a new one if that is it. */
  private focusState = NONE;
  private focusEdge = NONE;

  constructor(
    private readonly learner: Learner,
    private readonly standing: Pick<Standing, 'edgesTo'>,
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
  enough(options: ExploreOptions): boolean {
    return isEnough(this.learner.evaluator.model, options, this.marked.size, this.reached.size);
  }

  /** The findings, each with its run. */
  get told(): Pick<Exploration, 'findings' | 'reached'> {
    const findings = [...this.marked.values()]
      .map(({ kind, property, parameters, edges }) => ({
        kind,
        property,
        ...(parameters && Object.keys(parameters).length > 0 && { parameters }),
        run: this.runOf(edges),
      }))
      .sort((a, b) => lengthOf(a.run) - lengthOf(b.run));
    const reached = new Map([...this.reached].map(([name, edges]) => [name, this.runOf(edges)]));
    return { findings, reached };
  }

  /** The run to the state looked at; undefined where there is none. */
  get run(): Run | undefined {
    const { focus } = this;
    return focus.length === 0 ? undefined : this.runOf(focus);
  }

  private get focus(): readonly number[] {
    const path = this.focusState === NONE ? [] : this.standing.edgesTo(this.focusState);
    return this.focusEdge === NONE ? path : [...path, this.focusEdge];
  }

  /** A run by its edges, the first of which says which initial state. */
  private runOf([start, ...edges]: readonly number[]): Run {
    const { edgeInstance, edgeChoice } = this.learner;
    const steps = edges.map((edge) => {
      const { action, parameters } = edgeInstance[edge] as Instance;
      return { action, parameters, choice: edgeChoice[edge] as number };
    });
    return { start: start as number, steps };
  }
}
