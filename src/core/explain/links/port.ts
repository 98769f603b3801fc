import type { PodObject, ServiceObject } from '../../targets/groups/discovered-objects.ts';
import type { JobCase } from '../case.ts';
import { makeStep, passLinks } from '../case.ts';
import type { Step } from '../model.ts';
import { containerPortsOf, listPods, portsOf } from '../services.ts';
import { describeChoice, listChosen } from './label-choice.ts';
import { choosePort } from './port-choice.ts';
import type { PortChoice, PortScene } from './port-choice.ts';
import { diagnoseContainerPort, diagnoseServicePort } from './port-diagnosis.ts';

/** Whether the port that the endpoint asks for is there. */
export function judgePort(one: JobCase): Step {
  const object = one.name;
  if (one.kind !== 'ServiceMonitor' && one.kind !== 'PodMonitor')
    return makeStep('port', 'skipped', { reason: 'AllPorts', object, compared: 'targets carry their port' });
  const choice = choosePort(one);
  if (choice === undefined)
    return makeStep('port', 'pass', {
      reason: 'AllPorts',
      object,
      at: one.job.endpoint,
      compared: `${one.job.endpoint} chooses no port`,
      found: 'every port is a target',
    });
  return comparePorts(openScene(one, choice));
}

function openScene(one: JobCase, choice: PortChoice): PortScene {
  const chosen = describeChoice(one);
  const objects = chosen === undefined ? [] : listChosen(chosen);
  const services = one.kind === 'ServiceMonitor' ? (objects as readonly ServiceObject[]) : [];
  const pods =
    one.kind === 'PodMonitor'
      ? (objects as readonly PodObject[])
      : services.flatMap((service) => listPods(one.facts.cluster, service));
  return { one, choice, at: `${one.job.endpoint}.${choice.field}`, services, pods };
}

/** What is discovered decides; where nothing is, what the objects declare. */
function comparePorts(scene: PortScene): Step {
  const { one, choice, at } = scene;
  const reached = passLinks(one.candidates, 'objects', 'endpoints');
  const passed = passLinks(reached, 'port');
  const compared = `${at} ${JSON.stringify(choice.value)}`;
  const counts = { selected: passed.length, total: reached.length };
  if (passed.length > 0 || (reached.length === 0 && isDeclared(scene)))
    return makeStep('port', 'pass', {
      reason: 'PortFound',
      object: one.name,
      at,
      compared,
      found: showDeclared(scene),
      counts,
    });
  if (choice.comparedWith === 'container' && scene.pods.length === 0 && reached.length === 0)
    return makeStep('port', 'unknown', {
      reason: 'PortUnknown',
      object: one.name,
      at,
      compared,
      found: 'no Pod is known',
    });
  return choice.comparedWith === 'service'
    ? diagnoseServicePort(scene, compared)
    : diagnoseContainerPort(scene, compared);
}

function isDeclared({ choice, services, pods }: PortScene): boolean {
  const { value, comparedWith } = choice;
  if (comparedWith === 'service')
    return services.some((service) => portsOf(service).some(({ name }) => name === value));
  return pods.some((pod) => containerPortsOf(pod).some((port) => port.name === value || port.containerPort === value));
}

function showDeclared({ choice, services, pods }: PortScene): string {
  const { value, comparedWith } = choice;
  if (comparedWith === 'service') {
    const port = services.flatMap(portsOf).find(({ name }) => name === value);
    return port === undefined ? '' : `Service has it: ${value} (${port.port})`;
  }
  const port = pods.flatMap(containerPortsOf).find((one) => one.name === value || one.containerPort === value);
  return port === undefined ? '' : `a container declares it: ${port.name ?? 'unnamed'} (${port.containerPort})`;
}
