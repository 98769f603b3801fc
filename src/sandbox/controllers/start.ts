/** The controllers of the sandbox, started together. */
import type { Clock } from '../../base/clock.ts';
import type { SandboxApi } from '../api.ts';
import { missingLookMs } from '../limits.ts';
import type { ControllerContext, Running } from './context.ts';
import { startClaimProtection } from './claim-protection.ts';
import { startDaemonSetController } from './daemon-set.ts';
import { startDeploymentController } from './deployment/deployment-controller.ts';
import { startReplicaSetController } from './deployment/replica-set.ts';
import { startGarbageCollector } from './garbage/collector.ts';
import { startKubelet } from './kubelet/kubelet.ts';
import { createNodes } from './kubelet/nodes.ts';
import { startScheduler } from './kubelet/scheduler.ts';
import { startVolumeBinder } from './kubelet/volume-binder.ts';
import { startVolumeExpander } from './kubelet/volume-expander.ts';
import { startNamespaceContents } from './namespace-contents.ts';
import { startNamespaceController } from './namespace-controller.ts';
import { startEndpointSliceController } from './service/endpoint-slices.ts';
import { startEndpointsController } from './service/endpoints.ts';
import { startStatefulSetController } from './stateful-set/stateful-set-controller.ts';

export interface ControllersOptions {
  readonly clock: Clock;
  /** PEM; published to every Namespace as ConfigMap kube-root-ca.crt. Default: no certificate is published. */
  readonly caCertificate?: string;
  /** False: no Nodes, no scheduler, no kubelet; Pods stay Pending as on a bare kube-controller-manager. Default: true. */
  readonly kubelet?: boolean;
  /** Default: 3. */
  readonly nodes?: number;
  /** From scheduling to Ready. Default: 200 ms. */
  readonly podStartMs?: number;
  /** From deletion to the end, unless the grace period is shorter. Default: 100 ms. */
  readonly podStopMs?: number;
  /** How often a Pod looks again for Secrets and ConfigMaps that it misses. Default: 500 ms. */
  readonly podRetryMs?: number;
  /** Hears of every failed turn of a controller; it tries again by itself. Default: nobody does. */
  readonly onError?: (controller: string, error: unknown) => void;
}

/**
 * Starts StatefulSet, DaemonSet, Deployment and ReplicaSet controllers, Endpoints and EndpointSlices, garbage collection,
 * the life cycle of Namespaces, and machines that play Pods. All of them work on turns of `clock` only.
 */
export function startControllers(api: SandboxApi, options: ControllersOptions): Running {
  const { clock, onError = () => undefined } = options;
  const context: ControllerContext = { api, clock, onError };
  const running = [
    startNamespaceController(context),
    startNamespaceContents(context, options.caCertificate),
    startStatefulSetController(context),
    startDeploymentController(context),
    startReplicaSetController(context),
    startDaemonSetController(context),
    startEndpointsController(context),
    startEndpointSliceController(context),
    startGarbageCollector(context),
    startClaimProtection(context),
    ...(options.kubelet === false ? [] : startMachines(context, options)),
  ];
  return {
    stop: () => {
      for (const one of running) one.stop();
    },
  };
}

function startMachines(context: ControllerContext, options: ControllersOptions): Running[] {
  createNodes(context.api, context.clock, options.nodes ?? 3);
  return [
    startScheduler(context),
    startVolumeBinder(context),
    startVolumeExpander(context),
    startKubelet(context, {
      startMs: options.podStartMs ?? 200,
      stopMs: options.podStopMs ?? 100,
      lookAgainMs: options.podRetryMs ?? missingLookMs,
    }),
  ];
}
