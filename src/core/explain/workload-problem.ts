import type { PrometheusAgent } from '../../api/prometheus-agent.ts';
import type { Prometheus } from '../../api/prometheus.ts';
import { TerminalError, describeError } from '../../base/errors.ts';
import { InvalidFieldError } from '../findings.ts';
import type { PrometheusWorkload } from '../render/prometheus/prometheus-workload.ts';
import { asAgentWorkload, asServerWorkload } from '../render/prometheus/prometheus-workload.ts';
import type { ExplainFacts } from './facts.ts';

/** Why nothing can be worked out for a workload: a field of it, or what Prometheus refuses. */
export interface WorkloadProblem {
  readonly field: string;
  readonly message: string;
}

/** A workload as it is rendered, or why it cannot be. */
export function openWorkload(
  kind: 'Prometheus' | 'PrometheusAgent',
  object: Prometheus | PrometheusAgent,
  { settings }: Pick<ExplainFacts, 'settings'>,
): PrometheusWorkload | WorkloadProblem {
  try {
    return kind === 'Prometheus' ? asServerWorkload(object, settings) : asAgentWorkload(object, settings);
  } catch (error) {
    return describeProblem(error);
  }
}

/** @throws what is no verdict on a workload. */
export function describeProblem(error: unknown): WorkloadProblem {
  if (error instanceof InvalidFieldError) return { field: error.rejection.field, message: error.rejection.message };
  if (error instanceof TerminalError || error instanceof SyntaxError)
    return { field: '', message: describeError(error) };
  throw error;
}
