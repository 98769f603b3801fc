import type { ClusterCapabilities, OperatorSettings } from '../core/settings.ts';
import type { Options } from './options/options.ts';

/** What rendering needs of the flags and the cluster. */
export function toSettings(options: Options, capabilities: ClusterCapabilities): OperatorSettings {
  return Object.freeze({
    localHost: options.localHost,
    prometheusBaseImage: options.images.prometheus,
    alertmanagerBaseImage: options.images.alertmanager,
    thanosBaseImage: options.images.thanos,
    reloader: options.reloader,
    labels: options.labels,
    annotations: options.annotations,
    clusterDomain: options.clusterDomain,
    watchReferencedObjectsInAllNamespaces: options.scope.watchReferencedObjectsInAllNamespaces,
    disableUnmanagedConfiguration: options.disableUnmanagedConfiguration,
    gates: options.gates,
    guards: options.guards,
    capabilities,
    ...(options.discoveryService === undefined ? {} : { discoveryService: options.discoveryService }),
  });
}
