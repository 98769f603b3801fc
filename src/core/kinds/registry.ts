import { alertmanagerKind } from './alertmanager.ts';
import type { WorkloadKind } from './kind.ts';
import { agentKind } from './prometheus-agent.ts';
import { serverKind } from './prometheus.ts';
import { thanosRulerKind } from './thanos-ruler.ts';

/** All kinds of workloads: the one list of them, for the operator and for commands. */
export const workloadKinds: readonly WorkloadKind[] = [serverKind, agentKind, alertmanagerKind, thanosRulerKind];
