/** What can be kept for the kubelets, as metrics name it. */
export type KubeletResource = 'endpoints' | 'endpointslice';

export interface KubeletMetrics {
  /** Nodes without an address, in one sync. */
  observeMissingAddresses(count: number): void;
  observeSync(resource: KubeletResource, failed: boolean): void;
  setManaged(resource: KubeletResource, managed: boolean): void;
}
