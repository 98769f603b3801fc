/** Columns of the kinds people look at. Kinds that are not named here show name and age, or name and creation time. */
import type { ApiObject } from '../api.ts';
import { numberAt, objectAt, objectsAt, textAt } from '../strategies/read-json.ts';
import {
  ageColumn,
  containerImages,
  containerNames,
  count,
  nameColumn,
  orNone,
  renderAge,
  renderSelector,
  text,
  wide,
} from './cells.ts';
import type { Column } from './column.ts';
import { podColumns } from './pod-columns.ts';

const spec = (object: ApiObject) => objectAt(object, 'spec');
const status = (object: ApiObject) => objectAt(object, 'status');
const statusCount = (name: string, field: string): Column =>
  count(name, (object) => numberAt(status(object), field) ?? 0);
const containers = wide(text('Containers', containerNames));
const images = wide(text('Images', containerImages));
const selector = wide(text('Selector', (object) => renderSelector(objectAt(spec(object), 'selector'))));
const ratio =
  (part: string, whole: (object: ApiObject) => number | undefined): Column['value'] =>
  (object) =>
    `${numberAt(status(object), part) ?? 0}/${whole(object) ?? 0}`;
const replicas = (object: ApiObject): number | undefined => numberAt(spec(object), 'replicas');

function externalIp(object: ApiObject): string {
  const ingress = objectsAt(objectAt(status(object), 'loadBalancer'), 'ingress');
  const found = ingress.map((one) => textAt(one, 'ip') || textAt(one, 'hostname'));
  if (found.length > 0) return found.join(',');
  if (spec(object).type === 'ExternalName') return textAt(spec(object), 'externalName');
  return spec(object).type === 'LoadBalancer' ? '<pending>' : '<none>';
}

function servicePorts(object: ApiObject): string {
  const ports = objectsAt(spec(object), 'ports').map((port) => {
    const node = numberAt(port, 'nodePort');
    return `${numberAt(port, 'port') ?? 0}${node === undefined ? '' : `:${node}`}/${textAt(port, 'protocol')}`;
  });
  return orNone(ports.join(','));
}

function serviceSelector(object: ApiObject): string {
  return orNone(
    Object.entries(objectAt(spec(object), 'selector'))
      .map(([key, value]) => `${key}=${String(value)}`)
      .join(','),
  );
}

const members = (object: ApiObject, ...names: string[]): number =>
  names.reduce((sum, name) => sum + Object.keys(objectAt(object, name)).length, 0);

const time = (object: ApiObject): string =>
  textAt(object, 'lastTimestamp') || textAt(object, 'eventTime') || (object.metadata.creationTimestamp ?? '');

const eventColumns: readonly Column[] = [
  { ...text('Last Seen', (object, clock) => renderAge(time(object), clock)) },
  text('Type', (object) => object.type),
  text('Reason', (object) => object.reason),
  text('Object', (object) => {
    const involved = objectAt(object, object.involvedObject === undefined ? 'regarding' : 'involvedObject');
    return `${textAt(involved, 'kind').toLowerCase()}/${textAt(involved, 'name')}`;
  }),
  text('Message', (object) => textAt(object, object.message === undefined ? 'note' : 'message').trim()),
  wide({ ...nameColumn }),
];

function endpointAddresses(object: ApiObject): string {
  const shown = objectsAt(object, 'subsets').flatMap((subset) => {
    const ports = objectsAt(subset, 'ports').map((port) => `:${numberAt(port, 'port') ?? 0}`);
    const addresses = objectsAt(subset, 'addresses').map((one) => textAt(one, 'ip'));
    return addresses.flatMap((ip) => (ports.length === 0 ? [ip] : ports.map((port) => ip + port)));
  });
  const more = shown.length > 3 ? ` + ${shown.length - 3} more...` : '';
  return orNone(shown.slice(0, 3).join(',') + more);
}

const columnsByKind: Readonly<Record<string, readonly Column[]>> = {
  Pod: podColumns,
  Service: [
    nameColumn,
    text('Type', (object) => spec(object).type),
    text('Cluster-IP', (object) => orNone(textAt(spec(object), 'clusterIP'))),
    text('External-IP', externalIp),
    text('Port(s)', servicePorts),
    ageColumn,
    wide(text('Selector', serviceSelector)),
  ],
  StatefulSet: [nameColumn, text('Ready', ratio('readyReplicas', replicas)), ageColumn, containers, images],
  Deployment: [
    nameColumn,
    text('Ready', ratio('readyReplicas', replicas)),
    statusCount('Up-to-date', 'updatedReplicas'),
    statusCount('Available', 'availableReplicas'),
    ageColumn,
    containers,
    images,
    selector,
  ],
  ReplicaSet: [
    nameColumn,
    count('Desired', (object) => replicas(object) ?? 0),
    statusCount('Current', 'replicas'),
    statusCount('Ready', 'readyReplicas'),
    ageColumn,
    containers,
    images,
    selector,
  ],
  DaemonSet: [
    nameColumn,
    statusCount('Desired', 'desiredNumberScheduled'),
    statusCount('Current', 'currentNumberScheduled'),
    statusCount('Ready', 'numberReady'),
    statusCount('Up-to-date', 'updatedNumberScheduled'),
    statusCount('Available', 'numberAvailable'),
    text('Node Selector', () => '<none>'),
    ageColumn,
    containers,
    images,
    selector,
  ],
  ConfigMap: [nameColumn, text('Data', (object) => members(object, 'data', 'binaryData')), ageColumn],
  Secret: [
    nameColumn,
    text('Type', (object) => object.type),
    text('Data', (object) => members(object, 'data')),
    ageColumn,
  ],
  Namespace: [nameColumn, text('Status', (object) => textAt(status(object), 'phase')), ageColumn],
  ServiceAccount: [nameColumn, ageColumn],
  Endpoints: [nameColumn, text('Endpoints', endpointAddresses), ageColumn],
  EndpointSlice: [
    nameColumn,
    text('AddressType', (object) => object.addressType),
    text(
      'Ports',
      (object) =>
        objectsAt(object, 'ports')
          .map(({ port }) => (port === undefined ? '*' : String(port as number)))
          .join(',') || '<unset>',
    ),
    text(
      'Endpoints',
      (object) =>
        objectsAt(object, 'endpoints')
          .flatMap(({ addresses }) => (Array.isArray(addresses) ? (addresses as string[]) : []))
          .slice(0, 3)
          .join(',') || '<unset>',
    ),
    ageColumn,
  ],
  Lease: [nameColumn, text('Holder', (object) => textAt(spec(object), 'holderIdentity')), ageColumn],
  Event: eventColumns,
  PersistentVolumeClaim: [
    nameColumn,
    text('Status', (object) => textAt(status(object), 'phase')),
    text('Volume', (object) => textAt(spec(object), 'volumeName')),
    text('Capacity', (object) => objectAt(status(object), 'capacity').storage ?? ''),
    text('Access Modes', (object) =>
      Array.isArray(spec(object).accessModes) ? (spec(object).accessModes as string[]).join(',') : '',
    ),
    text('StorageClass', (object) => textAt(spec(object), 'storageClassName')),
    ageColumn,
  ],
  ControllerRevision: [
    nameColumn,
    text('Controller', (object) => {
      const owner = object.metadata.ownerReferences?.find(({ controller }) => controller === true);
      return owner === undefined
        ? '<none>'
        : `${owner.kind.toLowerCase()}.${owner.apiVersion.split('/')[0] ?? ''}/${owner.name}`;
    }),
    text('Revision', (object) => object.revision),
    ageColumn,
  ],
  CustomResourceDefinition: [
    nameColumn,
    { ...text('Created At', (object) => object.metadata.creationTimestamp ?? ''), format: 'date' },
  ],
};

/** Columns of a built-in kind. */
export function columnsOf(kind: string): readonly Column[] {
  return columnsByKind[kind] ?? [nameColumn, ageColumn];
}
