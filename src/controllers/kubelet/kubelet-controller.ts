import { endpointSliceType, endpointsType, nodeType, serviceType } from '../../api/builtin-types.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import type { Clock } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import { hashJson } from '../../base/hash.ts';
import type { Logger } from '../../base/logger.ts';
import type { AddressPriority, KubeletAddress, Node } from '../../core/render/kubelet/addresses.ts';
import { listKubeletAddresses } from '../../core/render/kubelet/addresses.ts';
import type { EndpointSlice } from '../../core/render/kubelet/endpoint-slices.ts';
import {
  planEndpointSlices,
  serviceNameLabel,
  sliceManager,
  sliceManagerLabel,
} from '../../core/render/kubelet/endpoint-slices.ts';
import type { KubeletPlan } from '../../core/render/kubelet/kubelet-objects.ts';
import {
  renderKubeletEndpoints,
  renderKubeletService,
  reviseEndpoints,
} from '../../core/render/kubelet/kubelet-objects.ts';
import type { Service } from '../../core/render/shared/rendered-objects.ts';
import { reviseService } from '../../core/render/shared/revision.ts';
import type { OperatorSettings } from '../../core/settings.ts';
import { listPages } from '../../kubernetes/cache/list-pages.ts';
import { pause } from '../../kubernetes/cache/pause.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { Applier } from '../../runtime/applier.ts';
import { FencedError } from '../../runtime/controller.ts';
import type { KubeletMetrics, KubeletResource } from './kubelet-metrics.ts';
import { fencedRetryMs } from '../limits.ts';

export interface KubeletOptions extends KubeletPlan {
  /** Label selector on nodes; "" for all. */
  readonly selector: string;
  readonly priority: AddressPriority;
  readonly endpoints: boolean;
  readonly syncPeriodMs: number;
}

export interface KubeletControllerDeps {
  readonly options: KubeletOptions;
  readonly client: KubernetesClient;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly fence: () => void;
  readonly settings: OperatorSettings;
  readonly metrics: KubeletMetrics;
}

/**
 * Keeps a Service with the addresses of all kubelets, so that a ServiceMonitor can select them: kubelets are no pods, and
 * nothing else in a cluster says where they listen (docs/reference/operator-runtime.md 3.12).
 */
export class KubeletController {
  readonly #deps: KubeletControllerDeps;
  readonly #applier: Applier;
  #lastProblems = '';

  constructor(deps: KubeletControllerDeps) {
    const { client, clock, fence, metrics, options } = deps;
    this.#deps = deps;
    this.#applier = new Applier({ client, clock, fence, fieldManager: 'PrometheusOperator' });
    metrics.setManaged('endpoints', options.endpoints);
    metrics.setManaged('endpointslice', options.endpointSlices);
  }

  /** Syncs at once and then after each period, whatever goes wrong; resolves when the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, options, logger } = this.#deps;
    let waitMs: number;
    do {
      waitMs = options.syncPeriodMs;
      try {
        await this.#sync(signal);
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof FencedError) waitMs = Math.min(waitMs, fencedRetryMs);
        else logger.error('Cannot keep the Service of the kubelets', { err: describeError(error) });
      }
    } while (await pause(clock, waitMs, signal));
  }

  /** @throws when nodes cannot be listed or the Service not be written; what else fails stops nothing else. */
  async #sync(signal: AbortSignal): Promise<void> {
    const { client, options, settings, metrics } = this.#deps;
    const { objects: nodes } = await listPages<Node>({
      client,
      type: nodeType,
      labelSelector: options.selector,
      signal,
    });
    const object = renderKubeletService(options, settings);
    await this.#applier.apply({ type: serviceType, object, fingerprint: hashJson(object), revise: reviseService });
    const service = await client.get<Service>(serviceType, options.service, { signal });
    const choice = { priority: options.priority, family: service.spec.ipFamilies?.[0] };
    const { addresses, withoutAddress, replaced } = listKubeletAddresses(nodes, choice);
    metrics.observeMissingAddresses(withoutAddress.length);
    this.#tell(withoutAddress, replaced);
    if (options.endpoints) await this.#attempt('endpoints', () => this.#writeEndpoints(addresses));
    if (options.endpointSlices)
      await this.#attempt('endpointslice', () => this.#writeSlices(service, addresses, signal));
  }

  async #attempt(resource: KubeletResource, write: () => Promise<void>): Promise<void> {
    const { metrics, logger } = this.#deps;
    try {
      await write();
      metrics.observeSync(resource, false);
    } catch (error) {
      if (error instanceof FencedError) throw error;
      metrics.observeSync(resource, true);
      logger.error('Cannot write the addresses of the kubelets', { resource, err: describeError(error) });
    }
  }

  async #writeEndpoints(addresses: readonly KubeletAddress[]): Promise<void> {
    const { options, settings } = this.#deps;
    const object = renderKubeletEndpoints(options, addresses, settings);
    await this.#applier.apply({ type: endpointsType, object, fingerprint: hashJson(object), revise: reviseEndpoints });
  }

  async #writeSlices(
    service: KubernetesObject,
    addresses: readonly KubeletAddress[],
    signal: AbortSignal,
  ): Promise<void> {
    const { client, options: plan, settings } = this.#deps;
    const { namespace, name } = plan.service;
    const { objects: live } = await listPages<EndpointSlice>({
      client,
      type: endpointSliceType,
      namespace,
      labelSelector: `${serviceNameLabel}=${name},${sliceManagerLabel}=${sliceManager}`,
      signal,
    });
    const { create, update, remove } = planEndpointSlices({ plan, addresses, service, live, settings });
    // First what is new: at no moment a kubelet is missing.
    for (const slice of create) await client.create(endpointSliceType, slice);
    for (const slice of update) await client.update(endpointSliceType, slice);
    for (const { metadata } of remove) {
      await this.#applier.delete(endpointSliceType, { namespace, name: metadata.name ?? '' }, { uid: metadata.uid });
    }
  }

  /** Once for each change: nodes stay without an address, or unheard of, for long. */
  #tell(withoutAddress: readonly string[], replaced: readonly string[]): void {
    const problems = JSON.stringify([withoutAddress, replaced]);
    if (problems === this.#lastProblems) return;
    this.#lastProblems = problems;
    const { logger } = this.#deps;
    if (withoutAddress.length > 0) logger.warn('Nodes have no address', { nodes: withoutAddress.join(',') });
    if (replaced.length > 0)
      logger.info('Nodes are left out: they are unheard of, and others have their addresses', {
        nodes: replaced.join(','),
      });
  }
}
