import type { JsonObject } from '../../base/json.ts';
import type { ApiObject } from '../api.ts';
import { duplicate, invalid, notSupported, required } from './field-error.ts';
import type { FieldError } from './field-error.ts';
import { ensureObject, numberAt, objectAt, objectsAt, setAbsent, setDefaults, textAt } from './paths.ts';
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
function allocate(spec: JsonObject, context: StrategyContext): void {
  if (spec.type === 'ExternalName') return;
  const selectorless = spec.selector === undefined && spec.clusterIP === 'None';
  setAbsent(spec, {
    ipFamilyPolicy: selectorless ? 'RequireDualStack' : 'SingleStack',
    ipFamilies: selectorless ? ['IPv4', 'IPv6'] : ['IPv4'],
  });
  if (textAt(spec, 'clusterIP') === '') {
    spec.clusterIP = pickClusterIp(context);
    spec.clusterIPs = [spec.clusterIP];
  }
  if (!isExternal(spec)) return;
  for (const port of objectsAt(spec, 'ports')) setDefaults(port, { nodePort: pickNodePort(port, context) });
}

function pickClusterIp({ random, list }: StrategyContext): string {
  const taken = new Set(list('services').map((service) => textAt(objectAt(service, 'spec'), 'clusterIP')));
  for (;;) {
    const number = 10 + Math.floor(random() * (65_534 - 10));
    const address = `10.96.${number >> 8}.${number & 255}`;
    if (!taken.has(address)) return address;
  }
}

function pickNodePort(port: JsonObject, { random, list }: StrategyContext): number {
  const ports = list('services').flatMap((service) => objectsAt(objectAt(service, 'spec'), 'ports'));
  const taken = new Set(ports.map((one) => one.nodePort));
  const wanted = numberAt(port, 'nodePort') ?? 0;
  if (wanted !== 0) return wanted;
  for (;;) {
    const number = 30_000 + Math.floor(random() * 2768);
    if (!taken.has(number)) return number;
  }
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
  allocate(spec, context);
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
  prepareForCreate: (object, context) => allocate(objectAt(object, 'spec'), context),
  prepareForUpdate: keepAllocated,
  validate,
  validateUpdate,
};
