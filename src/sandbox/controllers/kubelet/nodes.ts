/** The machines of the sandbox: three Nodes that are always ready, one in each zone. */
import type { Clock } from '../../../base/clock.ts';
import type { SandboxApi } from '../../api.ts';
import { renderTime } from '../../rest/backend.ts';
import type { NewObject } from '../resources.ts';
import { nodes, read } from '../resources.ts';

const capacity = { cpu: '8', memory: '32Gi', pods: '110', 'ephemeral-storage': '100Gi' };
const zones = ['a', 'b', 'c'];

/** Creates `count` Nodes named `sandbox-1`, `sandbox-2`… unless they exist. */
export function createNodes(api: SandboxApi, clock: Clock, count: number): void {
  const time = renderTime(clock);
  for (let index = 1; index <= count; index += 1) {
    const node = renderNode(index, time);
    const { name = '' } = node.metadata;
    if (read(api, nodes, { namespace: '', name }) !== undefined) continue;
    const { status, ...created } = node;
    const { metadata } = api.create(nodes, created);
    api.updateStatus(nodes, { ...node, metadata: { ...node.metadata, ...metadata }, status } as NewObject);
  }
}

function renderNode(index: number, time: string): NewObject {
  const name = `sandbox-${index}`;
  return {
    metadata: {
      name,
      labels: {
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'topology.kubernetes.io/region': 'sandbox',
        'topology.kubernetes.io/zone': `sandbox-${zones[(index - 1) % zones.length] ?? ''}`,
      },
    },
    spec: { podCIDR: `10.244.${index}.0/24`, podCIDRs: [`10.244.${index}.0/24`], providerID: `sandbox://${name}` },
    status: {
      capacity,
      allocatable: capacity,
      addresses: [
        { type: 'InternalIP', address: `192.0.2.${index}` },
        { type: 'Hostname', address: name },
      ],
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          reason: 'KubeletReady',
          message: 'The sandbox plays this node',
          lastHeartbeatTime: time,
          lastTransitionTime: time,
        },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: {
        architecture: 'amd64',
        bootID: '',
        containerRuntimeVersion: 'sandbox://1',
        kernelVersion: '',
        kubeProxyVersion: '',
        kubeletVersion: 'v1.36.0',
        machineID: '',
        operatingSystem: 'linux',
        osImage: 'Stoker sandbox',
        systemUUID: '',
      },
    },
  };
}
