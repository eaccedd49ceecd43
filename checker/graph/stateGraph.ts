import type { Graph } from 'graphlib';
import type { Spec } from '../../spec/index';
import type { CheckOptions } from '../check';
import { bind } from '../model/bind';
import { requireOptions, type OptionsOf } from '../model/given';
import { Evaluator, type Row } from '../model/evaluator';
import { UsageError } from '../model/usageError';
import { PlainJudge } from '../property/plainJudge';
import type { Result } from '../result';
import { labelOf } from '../trace/label';
import { stateText } from './stateText';

const DEFAULT_MAX_STATES = 2_000;

export interface GraphOptions<C = { readonly [name: string]: unknown }> extends Pick<
  CheckOptions<C>,
  'environment' | 'constants'
> {
  /** Most states to draw. Default 2,000: a graph library holds its graph in objects, and no one reads more. */
  readonly maxStates?: number;
}

export const GRAPH_OPTIONS: OptionsOf<GraphOptions> = {
  environment: 'text',
  constants: 'constants',
  maxStates: 'bound',
};

/** The reachable states and the steps between them. */
export interface StateGraph extends Pick<Result, 'spec' | 'variant' | 'constants' | 'overridden'> {
  /** The bound that was set, where one was. */
  readonly bounds: Pick<Result['bounds'], 'maxStates'>;
  /**
   * A directed multigraph. A node's name is its state as text, its label an index in the order of discovery;
   * an edge's name is its step's, so that two actions may lead from one state to the same other one.
   */
  readonly graph: Graph<unknown, number, string>;
  /** The nodes of the initial states. */
  readonly initial: readonly string[];
  /** Whether there are more states than `maxStates`: the graph then lacks them, and the steps to them. */
  readonly capped: boolean;
}

/**
 * The graph of a spec's reachable states, breadth first, to hold, query and draw. It checks nothing. Throws
 * `UsageError` for options that make no sense, and whatever the spec's own functions throw.
 */
export function stateGraph<S, C, D, A extends string, P extends string>(
  spec: Spec<S, C, D, A, P>,
  options: GraphOptions<C> = {},
): StateGraph {
  requireOptions('stateGraph', options, GRAPH_OPTIONS);
  const maxStates = options.maxStates ?? DEFAULT_MAX_STATES;
  if (!(Number.isInteger(maxStates) && maxStates > 0))
    throw new UsageError(`maxStates must be a whole number above 0, but is ${maxStates}`);
  const { environment, constants } = options as GraphOptions;
  const evaluator = new Evaluator(bind(spec as Spec, { environment, constants }));
  const { spec: name, variant, constants: all, overridden } = evaluator.model;
  return {
    ...{ spec: name, variant, constants: all, overridden },
    bounds: options.maxStates === undefined ? {} : { maxStates },
    ...new Drawing(evaluator, maxStates).draw(),
  };
}

class Drawing {
  // Only whoever draws a graph pays for the library.
  private readonly graph = new (require('graphlib') as typeof import('graphlib')).Graph<
    unknown,
    number,
    string
  >({
    directed: true,
    multigraph: true,
  });
  private readonly names = new Map<string, string>();
  private readonly queue: Row[] = [];
  private capped = false;

  private readonly judge: PlainJudge;

  constructor(
    private readonly evaluator: Evaluator,
    private readonly maxStates: number,
  ) {
    this.judge = new PlainJudge(evaluator);
  }

  draw(): Pick<StateGraph, 'graph' | 'initial' | 'capped'> {
    const { evaluator, graph } = this;
    const initial: string[] = [];
    for (const row of evaluator.initial) {
      const node = this.nodeOf(row);
      if (node === undefined) break; // there is room for no more
      initial.push(node);
    }
    for (const row of this.queue) {
      if (!this.judge.isInside(row)) continue;
      const from = this.nodeOf(row) as string;
      const all = evaluator.successors(row);
      for (const successor of all) {
        const to = this.nodeOf(successor.row);
        if (to === undefined) continue;
        const label = labelOf(successor, all);
        graph.setEdge(from, to, label, label);
      }
    }
    return { graph, initial: [...new Set(initial)], capped: this.capped };
  }

  private nodeOf(row: Row): string | undefined {
    const key = row.join(',');
    const known = this.names.get(key);
    if (known !== undefined) return known;
    if (this.names.size >= this.maxStates) {
      this.capped = true;
      return undefined;
    }
    const text = stateText(this.evaluator.plainStateOf(row));
    // Kinds that read alike (a Map and an OrderedMap of the same entries) are different states all the same.
    const name = this.graph.hasNode(text) ? `${text} (state ${this.names.size})` : text;
    this.graph.setNode(name, this.names.size);
    this.names.set(key, name);
    this.queue.push(row);
    return name;
  }
}
