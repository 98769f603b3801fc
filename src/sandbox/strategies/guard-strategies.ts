/** PodDisruptionBudgets and NetworkPolicies. */
import { isIP } from 'node:net';
import type { JsonObject } from '../../base/json.ts';
import { isJsonObject } from '../../base/json.ts';
import { forbiddenField, invalid, notSupported, required } from './field-error.ts';
import type { FieldError } from './field-error.ts';
import { isPortName } from './pod-validation.ts';
import { ensureObject, numberAt, objectAt, objectsAt, setAbsent, setDefaults, textAt } from './read-json.ts';
import type { Strategy } from './strategy.ts';

/** A number of pods or a percentage of them; undefined: absent. */
function checkPodCount(field: string, value: unknown): FieldError[] {
  if (value === undefined) return [];
  if (typeof value === 'number') return value >= 0 ? [] : [invalid(field, value, 'must be greater than or equal to 0')];
  const [, percent] = /^(\d+)%$/.exec(typeof value === 'string' ? value : '') ?? [];
  if (percent === undefined) return [invalid(field, value, 'must be a number or a percentage, such as 5%')];
  return Number(percent) <= 100 ? [] : [invalid(field, value, 'must not be greater than 100%')];
}

const evictionPolicies = ['AlwaysAllow', 'IfHealthyBudget'];

export const budgetStrategy: Strategy = {
  countsGenerations: true,
  validate: (object) => {
    const spec = objectAt(object, 'spec');
    const { minAvailable, maxUnavailable, unhealthyPodEvictionPolicy: policy } = spec;
    const both = minAvailable !== undefined && maxUnavailable !== undefined;
    return [
      ...(both ? [invalid('spec', spec, 'minAvailable and maxUnavailable cannot be both set')] : []),
      ...checkPodCount('spec.minAvailable', minAvailable),
      ...checkPodCount('spec.maxUnavailable', maxUnavailable),
      ...(policy === undefined || evictionPolicies.some((one) => one === policy)
        ? []
        : [notSupported('spec.unhealthyPodEvictionPolicy', policy, evictionPolicies)]),
    ];
  },
};

const policyTypes = ['Egress', 'Ingress'];
const protocols = ['SCTP', 'TCP', 'UDP'];
const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

export const networkPolicyStrategy: Strategy = {
  countsGenerations: true,
  applyDefaults: (object) => {
    const spec = ensureObject(object, 'spec');
    for (const rule of [...objectsAt(spec, 'ingress'), ...objectsAt(spec, 'egress')]) {
      for (const port of objectsAt(rule, 'ports')) setDefaults(port, { protocol: 'TCP' });
    }
    const egress = objectsAt(spec, 'egress').length > 0;
    setAbsent(spec, { policyTypes: egress ? ['Ingress', 'Egress'] : ['Ingress'] });
  },
  validate: (object) => {
    const spec = objectAt(object, 'spec');
    const types: readonly unknown[] = Array.isArray(spec.policyTypes) ? spec.policyTypes : [];
    return [
      ...checkSelector('spec.podSelector', spec.podSelector),
      ...checkRules('spec.ingress', objectsAt(spec, 'ingress'), 'from'),
      ...checkRules('spec.egress', objectsAt(spec, 'egress'), 'to'),
      ...types.flatMap((type, at) =>
        policyTypes.some((one) => one === type) ? [] : [notSupported(`spec.policyTypes[${at}]`, type, policyTypes)],
      ),
    ];
  },
};

/** @param peers the list of the rule that says with whom. */
function checkRules(field: string, rules: readonly JsonObject[], peers: 'from' | 'to'): FieldError[] {
  return rules.flatMap((rule, at) => [
    ...objectsAt(rule, 'ports').flatMap((port, index) => checkPort(`${field}[${at}].ports[${index}]`, port)),
    ...objectsAt(rule, peers).flatMap((peer, index) => checkPeer(`${field}[${at}].${peers}[${index}]`, peer)),
  ]);
}

function checkPort(field: string, object: JsonObject): FieldError[] {
  const { port, protocol } = object;
  const isKnown = protocols.some((one) => one === protocol);
  return [
    ...(isKnown ? [] : [notSupported(`${field}.protocol`, protocol, protocols)]),
    ...checkPortNumber(`${field}.port`, port),
    ...checkEndPort(`${field}.endPort`, object),
  ];
}

function checkPortNumber(field: string, port: unknown): FieldError[] {
  if (typeof port === 'number')
    return port > 0 && port < 65_536 ? [] : [invalid(field, port, 'must be between 1 and 65535, inclusive')];
  if (typeof port !== 'string' || isPortName(port)) return [];
  return [invalid(field, port, 'must be a name of a port: letters, digits and single hyphens, at least one letter')];
}

function checkEndPort(field: string, object: JsonObject): FieldError[] {
  const endPort = numberAt(object, 'endPort');
  const port = numberAt(object, 'port');
  if (endPort === undefined) return [];
  if (port === undefined) return [invalid(field, endPort, 'may only be specified when port is a number')];
  return endPort >= port ? [] : [invalid(field, endPort, 'must be greater than or equal to `port`')];
}

function checkPeer(field: string, peer: JsonObject): FieldError[] {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  const hasSelector = podSelector !== undefined || namespaceSelector !== undefined;
  if (ipBlock === undefined)
    return hasSelector
      ? [
          ...checkSelector(`${field}.podSelector`, podSelector),
          ...checkSelector(`${field}.namespaceSelector`, namespaceSelector),
        ]
      : [required(field, 'must specify a peer')];
  if (hasSelector) return [forbiddenField(field, 'may not specify both ipBlock and another peer')];
  const cidr = textAt(objectAt(peer, 'ipBlock'), 'cidr');
  return isCidr(cidr) ? [] : [invalid(`${field}.ipBlock.cidr`, cidr, 'must be a valid CIDR value')];
}

function isCidr(text: string): boolean {
  const [address = '', length = '', ...more] = text.split('/');
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return more.length === 0 && /^\d{1,3}$/.test(length) && Number(length) <= longest;
}

function checkSelector(field: string, selector: unknown): FieldError[] {
  if (!isJsonObject(selector)) return [];
  return objectsAt(selector, 'matchExpressions').flatMap(({ operator }, at) => {
    const isKnown = operators.some((one) => one === operator);
    const path = `${field}.matchExpressions[${at}].operator`;
    return isKnown ? [] : [invalid(path, operator, 'not a valid selector operator')];
  });
}
