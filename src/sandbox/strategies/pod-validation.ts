/** Validation of pod specs, as far as the kinds of the sandbox rest on it (kubernetes, pkg/apis/core/validation). */
import type { JsonObject } from '../../base/json.ts';
import { approximateFloat } from '../../base/quantity.ts';
import { duplicate, invalid, notSupported, required } from './field-error.ts';
import type { FieldError } from './field-error.ts';
import { checkLabelName, checkSubdomain } from './names.ts';
import { numberAt, objectAt, objectsAt, textAt } from './read-json.ts';

/** `field` is the path of the spec: "spec" or "spec.template.spec". */
export function validatePodSpec(spec: JsonObject, field: string): FieldError[] {
  const volumes = objectsAt(spec, 'volumes');
  const names = new Set(volumes.map((volume) => textAt(volume, 'name')));
  const containers = objectsAt(spec, 'containers');
  const errors = [...validateVolumes(volumes, `${field}.volumes`)];
  if (containers.length === 0) errors.push(required(`${field}.containers`));
  const taken = new Set<string>();
  for (const list of ['containers', 'initContainers'] as const) {
    objectsAt(spec, list).forEach((container, at) => {
      errors.push(...validateContainer(container, { field: `${field}.${list}[${at}]`, volumes: names, taken }));
    });
  }
  return [...errors, ...validateChoices(spec, field)];
}

function validateChoices(spec: JsonObject, field: string): FieldError[] {
  const choices: readonly [string, readonly string[]][] = [
    ['restartPolicy', ['Always', 'OnFailure', 'Never']],
    ['dnsPolicy', ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']],
  ];
  const errors = choices
    .filter(([name, supported]) => !supported.includes(textAt(spec, name)))
    .map(([name, supported]) => notSupported(`${field}.${name}`, spec[name], [...supported].sort()));
  const account = textAt(spec, 'serviceAccountName');
  if (account === '') return errors;
  return [
    ...errors,
    ...checkSubdomain(account).map((detail) => invalid(`${field}.serviceAccountName`, account, detail)),
  ];
}

function validateVolumes(volumes: readonly JsonObject[], field: string): FieldError[] {
  const taken = new Set<string>();
  return volumes.flatMap((volume, at) => {
    const name = textAt(volume, 'name');
    const place = `${field}[${at}].name`;
    const sources = Object.keys(volume).filter((key) => key !== 'name');
    const errors = name === '' ? [required(place)] : checkLabelName(name).map((detail) => invalid(place, name, detail));
    if (errors.length === 0 && taken.has(name)) errors.push(duplicate(place, name));
    taken.add(name);
    for (const extra of sources.slice(1)) {
      errors.push({
        reason: 'FieldValueForbidden',
        field: `${field}[${at}].${extra}`,
        message: 'Forbidden: may not specify more than 1 volume type',
      });
    }
    return [...errors, ...validateVolumeSource(volume, `${field}[${at}]`)];
  });
}

function validateVolumeSource(volume: JsonObject, field: string): FieldError[] {
  const needs: readonly [string, string][] = [
    ['secret', 'secretName'],
    ['configMap', 'name'],
    ['persistentVolumeClaim', 'claimName'],
    ['hostPath', 'path'],
  ];
  return needs
    .filter(([source, name]) => volume[source] !== undefined && textAt(objectAt(volume, source), name) === '')
    .map(([source, name]) => required(`${field}.${source}.${name}`));
}

interface ContainerPlace {
  readonly field: string;
  readonly volumes: ReadonlySet<string>;
  /** Names of the containers before; the container's own is added. */
  readonly taken: Set<string>;
}

function validateContainer(container: JsonObject, { field, volumes, taken }: ContainerPlace): FieldError[] {
  const name = textAt(container, 'name');
  const errors: FieldError[] = [];
  if (name === '') errors.push(required(`${field}.name`));
  else errors.push(...checkLabelName(name).map((detail) => invalid(`${field}.name`, name, detail)));
  if (name !== '' && taken.has(name)) errors.push(duplicate(`${field}.name`, name));
  taken.add(name);
  if (textAt(container, 'image').trim() === '') errors.push(required(`${field}.image`));
  errors.push(...validatePorts(objectsAt(container, 'ports'), `${field}.ports`));
  objectsAt(container, 'env').forEach((variable, at) => {
    if (textAt(variable, 'name') === '') errors.push(required(`${field}.env[${at}].name`));
  });
  errors.push(...validateMounts(objectsAt(container, 'volumeMounts'), `${field}.volumeMounts`, volumes));
  errors.push(...validateProbes(container, field));
  return [...errors, ...validateResources(objectAt(container, 'resources'), `${field}.resources`)];
}

/** What a container asks for is at most what it may take. */
function validateResources(resources: JsonObject, field: string): FieldError[] {
  const limits = objectAt(resources, 'limits');
  return Object.entries(objectAt(resources, 'requests')).flatMap(([name, request]) => {
    const [wanted, limit] = [String(request), String(limits[name] ?? request)];
    if (approximateFloat(wanted) <= approximateFloat(limit)) return [];
    return [invalid(`${field}.requests`, wanted, `must be less than or equal to ${name} limit of ${limit}`)];
  });
}

function validatePorts(ports: readonly JsonObject[], field: string): FieldError[] {
  const names = new Set<string>();
  return ports.flatMap((port, at) => {
    const errors: FieldError[] = [];
    const name = textAt(port, 'name');
    if (name !== '' && names.has(name)) errors.push(duplicate(`${field}[${at}].name`, name));
    if (name !== '' && !isPortName(name)) errors.push(invalid(`${field}[${at}].name`, name, portNameDetail(name)));
    names.add(name);
    const number = numberAt(port, 'containerPort') ?? 0;
    if (number === 0) errors.push(required(`${field}[${at}].containerPort`));
    else if (number < 1 || number > 65535) {
      errors.push(invalid(`${field}[${at}].containerPort`, number, 'must be between 1 and 65535, inclusive'));
    }
    const protocol = textAt(port, 'protocol');
    if (!['TCP', 'UDP', 'SCTP'].includes(protocol)) {
      errors.push(notSupported(`${field}[${at}].protocol`, protocol, ['SCTP', 'TCP', 'UDP']));
    }
    return errors;
  });
}

/** IANA service names: up to 15 letters, digits and single hyphens, at least one letter. */
export function isPortName(name: string): boolean {
  return name.length <= 15 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && /[a-z]/.test(name);
}

function portNameDetail(name: string): string {
  if (name.length > 15) return 'must be no more than 15 characters';
  if (!/^[-a-z0-9]+$/.test(name)) return 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)';
  if (!/[a-z]/.test(name)) return 'must contain at least one letter (a-z)';
  return name.includes('--') ? 'must not contain consecutive hyphens' : 'must not begin or end with a hyphen';
}

function validateMounts(mounts: readonly JsonObject[], field: string, volumes: ReadonlySet<string>): FieldError[] {
  const paths = new Set<string>();
  return mounts.flatMap((mount, at) => {
    const name = textAt(mount, 'name');
    const path = textAt(mount, 'mountPath');
    const errors: FieldError[] = [];
    if (name === '') errors.push(required(`${field}[${at}].name`));
    else if (!volumes.has(name)) {
      errors.push({
        reason: 'FieldValueNotFound',
        field: `${field}[${at}].name`,
        message: `Not found: ${JSON.stringify(name)}`,
      });
    }
    if (path === '') errors.push(required(`${field}[${at}].mountPath`));
    if (paths.has(path)) errors.push(invalid(`${field}[${at}].mountPath`, path, 'must be unique'));
    paths.add(path);
    return errors;
  });
}

function validateProbes(container: JsonObject, field: string): FieldError[] {
  const handlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'];
  return ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((name) => {
    const probe = container[name];
    if (probe === undefined) return [];
    const set = handlers.filter((handler) => objectAt(container, name)[handler] !== undefined);
    if (set.length === 0) return [required(`${field}.${name}`, 'must specify a handler type')];
    const ports = ['httpGet', 'tcpSocket'].flatMap((handler) => {
      const place = `${field}.${name}.${handler}.port`;
      return set.includes(handler) ? validateProbePort(objectAt(objectAt(container, name), handler).port, place) : [];
    });
    const more = set.slice(1).map((handler) => ({
      reason: 'FieldValueForbidden',
      field: `${field}.${name}.${handler}`,
      message: 'Forbidden: may not specify more than 1 handler type',
    }));
    return [...ports, ...more];
  });
}

function validateProbePort(port: unknown, field: string): FieldError[] {
  if (typeof port === 'string') return isPortName(port) ? [] : [invalid(field, port, portNameDetail(port))];
  const number = typeof port === 'number' ? port : 0;
  if (number >= 1 && number <= 65_535) return [];
  return [invalid(field, number, 'must be between 1 and 65535, inclusive')];
}
