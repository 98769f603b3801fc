import type { JsonObject } from '../../base/json.ts';
import type { ApiObject } from '../api.ts';
import type { StatusError } from '../status-error.ts';
import { duplicate, invalid, invalidObject, notSupported, required } from './field-error.ts';
import type { FieldError } from './field-error.ts';
import { ensureObject, numberAt, objectAt, objectsAt, setAbsent, setDefaults, textAt } from './read-json.ts';
import type { Strategy, StrategyContext } from './strategy.ts';

const isExternal = (spec: JsonObject): boolean => spec.type === 'NodePort' || spec.type === 'LoadBalancer';

function applyDefaults(object: ApiObject): void {
  const spec = ensureObject(object, 'spec');
  setDefaults(spec, { type: 'ClusterIP', sessionAffinity: 'None' });
  if (spec.sessionAffinity === 'ClientIP') {
    setAbsent(ensureObject(ensureObject(spec, 'sessionAffinityConfig'), 'clientIP'), { timeoutSeconds: 10_800 });
  } else {
    delete spec.sessionAffinityConfig;
  }
  for (const port of objectsAt(spec, 'ports')) setDefaults(port, { protocol: 'TCP', targetPort: port.port });
  if (isExternal(spec)) setDefaults(spec, { externalTrafficPolicy: 'Cluster' });
  if (spec.type !== 'ExternalName') setAbsent(spec, { internalTrafficPolicy: 'Cluster' });
  if (spec.type === 'LoadBalancer') setAbsent(spec, { allocateLoadBalancerNodePorts: true });
  if (textAt(spec, 'clusterIP') !== '') setAbsent(spec, { clusterIPs: [spec.clusterIP] });
}

/** Families, cluster IP and node ports: what the server allocates. */
function allocate(object: ApiObject, context: StrategyContext): void {
  const spec = objectAt(object, 'spec');
  if (spec.type === 'ExternalName') return;
  const selectorless = spec.selector === undefined && spec.clusterIP === 'None';
  setAbsent(spec, {
    ipFamilyPolicy: selectorless ? 'RequireDualStack' : 'SingleStack',
    ipFamilies: selectorless ? ['IPv4', 'IPv6'] : ['IPv4'],
  });
  const others = context.list('services').filter(({ metadata }) => metadata.uid !== object.metadata.uid);
  allocateAddress(
    object,
    others.map((other) => objectAt(other, 'spec').clusterIP),
    context,
  );
  if (isExternal(spec)) allocateNodePorts(object, others, context);
}

function allocateAddress(object: ApiObject, taken: readonly unknown[], { random }: StrategyContext): void {
  const spec = objectAt(object, 'spec');
  const wanted = textAt(spec, 'clusterIP');
  if (wanted !== '') {
    if (wanted !== 'None' && taken.includes(wanted)) {
      const detail = `failed to allocate IP ${wanted}: provided IP is already allocated`;
      throw refuse(object, invalid('spec.clusterIPs', [wanted], detail));
    }
    return;
  }
  let address = '';
  do {
    const number = 10 + Math.floor(random() * (65_534 - 10));
    address = `10.96.${number >> 8}.${number & 255}`;
  } while (taken.includes(address));
  Object.assign(spec, { clusterIP: address, clusterIPs: [address] });
}

function allocateNodePorts(object: ApiObject, others: readonly ApiObject[], { random }: StrategyContext): void {
  const taken = new Set(
    others.flatMap((other) => objectsAt(objectAt(other, 'spec'), 'ports')).map(({ nodePort }) => nodePort),
  );
  objectsAt(objectAt(object, 'spec'), 'ports').forEach((port, at) => {
    let number = numberAt(port, 'nodePort') ?? 0;
    if (number !== 0 && taken.has(number)) {
      throw refuse(object, invalid(`spec.ports[${at}].nodePort`, number, 'provided port is already allocated'));
    }
    while (number === 0 || taken.has(number)) number = 30_000 + Math.floor(random() * 2768);
    taken.add(number);
    port.nodePort = number;
  });
}

function refuse(object: ApiObject, error: FieldError): StatusError {
  return invalidObject({ group: '', kind: 'Service' }, object.metadata.name ?? '', [error]);
}

/** What a client may leave out of an update. */
function keepAllocated(object: ApiObject, old: ApiObject, context: StrategyContext): void {
  const spec = objectAt(object, 'spec');
  const before = objectAt(old, 'spec');
  if (spec.type !== 'ExternalName' && before.type !== 'ExternalName') {
    if (textAt(spec, 'clusterIP') === '' && !Array.isArray(spec.clusterIPs)) {
      Object.assign(spec, { clusterIP: before.clusterIP, clusterIPs: before.clusterIPs });
    }
    setAbsent(spec, { ipFamilies: before.ipFamilies, ipFamilyPolicy: before.ipFamilyPolicy });
  }
  if (isExternal(spec) && isExternal(before)) keepNodePorts(objectsAt(spec, 'ports'), objectsAt(before, 'ports'));
  allocate(object, context);
}

function keepNodePorts(ports: readonly JsonObject[], before: readonly JsonObject[]): void {
  for (const port of ports) {
    const same = before.find((one) => one.port === port.port && one.protocol === port.protocol);
    if (same !== undefined) setDefaults(port, { nodePort: same.nodePort });
  }
}

function validate(object: ApiObject): FieldError[] {
  const spec = objectAt(object, 'spec');
  const ports = objectsAt(spec, 'ports');
  const errors: FieldError[] = [];
  const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
  if (ports.length === 0 && spec.clusterIP !== 'None' && spec.type !== 'ExternalName')
    errors.push(required('spec.ports'));
  if (spec.type === 'ExternalName' && textAt(spec, 'externalName') === '') errors.push(required('spec.externalName'));
  const names = new Set<string>();
  ports.forEach((port, at) =>
    errors.push(...validatePort(port, { field: `spec.ports[${at}]`, names, only: ports.length === 1 })),
  );
  if (!types.includes(textAt(spec, 'type'))) errors.push(notSupported('spec.type', spec.type, types));
  if (!['None', 'ClientIP'].includes(textAt(spec, 'sessionAffinity'))) {
    errors.push(notSupported('spec.sessionAffinity', spec.sessionAffinity, ['ClientIP', 'None']));
  }
  return [...errors, ...validateDuplicatePorts(ports)];
}

interface PortPlace {
  readonly field: string;
  readonly names: Set<string>;
  readonly only: boolean;
}

function validatePort(port: JsonObject, { field, names, only }: PortPlace): FieldError[] {
  const errors: FieldError[] = [];
  const name = textAt(port, 'name');
  if (name === '' && !only) errors.push(required(`${field}.name`));
  if (name !== '' && names.has(name)) errors.push(duplicate(`${field}.name`, name));
  names.add(name);
  const number = numberAt(port, 'port') ?? 0;
  if (number < 1 || number > 65_535)
    errors.push(invalid(`${field}.port`, number, 'must be between 1 and 65535, inclusive'));
  const protocol = textAt(port, 'protocol');
  if (!['TCP', 'UDP', 'SCTP'].includes(protocol))
    errors.push(notSupported(`${field}.protocol`, protocol, ['SCTP', 'TCP', 'UDP']));
  const target = port.targetPort;
  if (typeof target === 'number' && (target < 1 || target > 65_535)) {
    errors.push(invalid(`${field}.targetPort`, target, 'must be between 1 and 65535, inclusive'));
  }
  return errors;
}

function validateDuplicatePorts(ports: readonly JsonObject[]): FieldError[] {
  const seen = new Set<string>();
  return ports.flatMap(({ port, protocol }, at) => {
    const key = `${String(protocol)}/${String(port)}`;
    if (seen.has(key)) return [duplicate(`spec.ports[${at}]`, { port, protocol })];
    seen.add(key);
    return [];
  });
}

function validateUpdate(object: ApiObject, old: ApiObject): FieldError[] {
  const spec = objectAt(object, 'spec');
  const before = objectAt(old, 'spec');
  if (spec.type === 'ExternalName' || before.type === 'ExternalName') return [];
  const [address] = Array.isArray(spec.clusterIPs) ? (spec.clusterIPs as unknown[]) : [spec.clusterIP];
  if (address === before.clusterIP) return [];
  return [invalid('spec.clusterIPs[0]', spec.clusterIPs, 'may not change once set')];
}

export const serviceStrategy: Strategy = {
  nameFormat: 'service',
  applyDefaults,
  prepareForCreate: allocate,
  prepareForUpdate: keepAllocated,
  validate,
  validateUpdate,
};
