import { keyOf } from '../../../api/meta.ts';
import { nearestName } from '../../../api/validation/nearest.ts';
import type { ContainerPort, PodObject, ServiceObject } from '../../targets/groups/discovered-objects.ts';
import { makeStep } from '../case.ts';
import { readField } from '../fields.ts';
import { advise, asGuess, setField } from '../fixes.ts';
import type { Fix, Step } from '../model.ts';
import { isOnlyNear } from '../near.ts';
import { ownerTemplateOf } from '../owners.ts';
import type { ServicePort } from '../services.ts';
import { containerPortsOf, portsOf, showPort } from '../services.ts';
import { endpointOf } from './port-choice.ts';
import type { PortScene } from './port-choice.ts';
import { nameObject } from './selection-diagnosis.ts';

const isNumber = (value: string | number): boolean => /^\d+$/.test(String(value));

/** The whole endpoint with another choice of port. */
function choose(scene: PortScene, field: 'port' | 'targetPort', value: string | number): Fix {
  const { one, choice } = scene;
  if (choice.field === field) return setField(one.name, scene.at, value);
  const { port: _port, targetPort: _target, portNumber: _number, ...rest } = endpointOf(one);
  return setField(one.name, one.job.endpoint, { ...rest, [field]: value });
}

function showServicePorts(services: readonly ServiceObject[]): string {
  const [service] = services;
  if (service === undefined) return 'no Service';
  const ports = portsOf(service).map(({ name, port }) => showPort(name, port));
  return `Service ${keyOf(service)} has ${ports.join(', ') || 'no ports'}`;
}

/** A port that was asked for by name and that no selected Service has. */
export function diagnoseServicePort(scene: PortScene, compared: string): Step {
  const { choice, services, one, at } = scene;
  const wanted = String(choice.value);
  const isGiven = isNumber(wanted);
  const all = services.flatMap((service) => portsOf(service).map((port, index) => ({ service, port, index })));
  const named = all.filter(({ port }) => (port.name ?? '') !== '');
  const fixes = [...(isGiven ? findByNumber(scene, all) : findByName(scene, named)), ...nameServicePort(scene, all)];
  const found = showServicePorts(services);
  const suggestion = fixes.find(({ change, object }) => change === 'set' && object.kind === one.kind);
  const hint = typeof suggestion?.value === 'string' ? `; did you mean "${suggestion.value}"?` : '';
  return makeStep('port', 'fail', {
    reason: isGiven ? 'PortIsNumber' : 'PortNotFound',
    object: one.name,
    at,
    compared: isGiven ? `${compared} is compared with names of ports` : compared,
    found: `${found}${hint}`,
    operands: { port: choice.value },
    fixes: fixes.length > 0 ? fixes : [advise(one.name, `add a port named "${wanted}" to the Service`)],
  });
}

interface PlacedPort {
  readonly service: ServiceObject;
  readonly port: ServicePort;
  readonly index: number;
}

/** The name of the port with that number, else the number as the container's port. */
function findByNumber(scene: PortScene, all: readonly PlacedPort[]): Fix[] {
  const wanted = Number(scene.choice.value);
  const same = all.find(({ port }) => port.port === wanted || port.targetPort === wanted);
  if (same?.port.name !== undefined && same.port.name !== '') return [choose(scene, 'port', same.port.name)];
  const isDeclared = scene.pods.some((pod) =>
    containerPortsOf(pod).some(({ containerPort }) => containerPort === wanted),
  );
  return isDeclared ? [choose(scene, 'targetPort', wanted)] : [];
}

/** The nearest name, the port that leads to a container's port of that name, or the only port. */
function findByName(scene: PortScene, named: readonly PlacedPort[]): Fix[] {
  const wanted = String(scene.choice.value);
  const names = named.map(({ port }) => port.name ?? '');
  const throughTarget = named.find(({ port }) => port.targetPort === wanted)?.port.name;
  const [only] = names;
  const containing = names.find((name) => name.includes(wanted) || wanted.includes(name));
  const best = throughTarget ?? nearestName(wanted, names) ?? containing ?? (names.length === 1 ? only : undefined);
  if (best === undefined) return [];
  return [asGuess(choose(scene, 'port', best), throughTarget === undefined && !isOnlyNear(wanted, best, names))];
}

/** The other way round: name the Service's port as the monitor has it. */
function nameServicePort(scene: PortScene, all: readonly PlacedPort[]): Fix[] {
  const wanted = String(scene.choice.value);
  const target = all.find(({ port }) => (port.name ?? '') === '') ?? (all.length === 1 ? all[0] : undefined);
  if (target === undefined) return [];
  const name = isNumber(wanted) ? 'metrics' : wanted;
  const fix = setField(nameObject('Service', target.service), `spec.ports[${target.index}].name`, name);
  return [isNumber(wanted) ? { ...fix, change: 'manual', text: `${fix.text}, and ${scene.at} too` } : fix];
}

function showContainerPorts(pods: readonly PodObject[]): string {
  const [pod] = pods;
  if (pod === undefined) return 'no Pod';
  const ports = containerPortsOf(pod).map(({ name, containerPort }) => showPort(name, containerPort));
  return `containers of Pod ${keyOf(pod)} declare ${ports.join(', ') || 'no ports'}`;
}

/** A port of containers, by name or number, that none declares. */
export function diagnoseContainerPort(scene: PortScene, compared: string): Step {
  const { choice, pods, one, at } = scene;
  const declared = pods.flatMap(containerPortsOf);
  const fixes = [...useServicePort(scene), ...findDeclared(scene, declared), ...declarePort(scene)];
  const isTarget = choice.field === 'targetPort';
  return makeStep('port', 'fail', {
    reason: isTarget ? 'TargetPortNotDeclared' : 'PortNotDeclared',
    object: one.name,
    at,
    compared: `${compared} is compared with the ports that containers declare`,
    found: showContainerPorts(pods),
    fixes: fixes.length > 0 ? fixes : [advise(one.name, `declare port ${choice.value} in the container`)],
  });
}

/** A Service's port that leads there needs no declaration. */
function useServicePort(scene: PortScene): Fix[] {
  const { value } = scene.choice;
  const ports = scene.services.flatMap(portsOf).filter(({ name }) => (name ?? '') !== '');
  const same = ports.find((one) => one.targetPort === value || one.port === value);
  return same?.name === undefined ? [] : [choose(scene, 'port', same.name)];
}

function findDeclared(scene: PortScene, declared: readonly ContainerPort[]): Fix[] {
  const { value, field } = scene.choice;
  const names = [...new Set(declared.flatMap(({ name }) => name ?? []))];
  const numbers = [...new Set(declared.map(({ containerPort }) => containerPort))];
  if (typeof value === 'string') {
    const best =
      nearestName(value, names) ??
      names.find((one) => one.includes(value)) ??
      (names.length === 1 ? names[0] : undefined);
    if (best !== undefined) return [asGuess(setField(scene.one.name, scene.at, best), !isOnlyNear(value, best, names))];
  }
  const [only] = numbers;
  if (numbers.length !== 1 || only === undefined || field === 'port') return [];
  return [asGuess(setField(scene.one.name, scene.at, only), true)];
}

/** The declaration itself, in what the Pod is made from. */
function declarePort(scene: PortScene): Fix[] {
  const [pod] = scene.pods;
  if (pod === undefined) return [];
  const { value } = scene.choice;
  const owner = ownerTemplateOf(scene.one.facts, pod);
  const field = `${owner.field}.containers[0].ports`;
  const known = readField(owner.object, field);
  const ports = Array.isArray(known) ? (known as unknown[]) : [];
  if (typeof value === 'string')
    return ports.length === 1
      ? [setField(owner.name, `${field}[0].name`, value)]
      : [advise(owner.name, `name the port of the metrics "${value}" in ${field}`)];
  return [setField(owner.name, field, [...ports, { name: 'metrics', containerPort: value }])];
}
