/** PodDisruptionBudgets and NetworkPolicies: what the server adds, what it refuses, and what may be changed in place. */
import type { Api } from '../api.ts';
import type { ContractCase } from '../case.ts';
import { contractCase, list, show } from '../case.ts';

const selector = { matchLabels: { app: 'a' } };
const budgets = (api: Api): string => api.in('policy/v1', 'poddisruptionbudgets');
const policies = (api: Api): string => api.in('networking.k8s.io/v1', 'networkpolicies');
const budget = (name: string, spec: object): object => ({
  ...{ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name } },
  spec: { selector, ...spec },
});
const policy = (name: string, spec: object): object => ({
  ...{ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name } },
  spec: { podSelector: selector, ...spec },
});

/** What each object of a list is refused for: causes and paths. */
async function refuse(api: Api, path: string, objects: readonly object[]): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const object of objects) {
    const { status, body } = await api.post(path, object);
    const causes = list(body.details?.causes).map(({ reason, field }) => `${show(reason)} ${show(field)}`);
    answers.push([status, ...causes]);
  }
  return answers;
}

export const guardCases: readonly ContractCase[] = [
  contractCase(
    'defaults: a PodDisruptionBudget is stored as it is, and can be changed in place',
    async (api) => {
      const made = await api.create(budgets(api), budget('a', { maxUnavailable: 1 }));
      const spec = { minAvailable: '50%', maxUnavailable: null, unhealthyPodEvictionPolicy: 'AlwaysAllow' };
      const changed = await api.patch(`${budgets(api)}/a`, 'merge', { spec });
      return [
        made.metadata?.generation,
        made.spec,
        changed.status,
        changed.body.metadata?.generation,
        changed.body.spec,
      ];
    },
    [
      1,
      { maxUnavailable: 1, selector },
      200,
      2,
      { minAvailable: '50%', unhealthyPodEvictionPolicy: 'AlwaysAllow', selector },
    ],
  ),
  contractCase(
    'defaults: a PodDisruptionBudget that cannot be is 422 with its causes',
    (api) =>
      refuse(api, budgets(api), [
        budget('a', { maxUnavailable: 1, minAvailable: 1 }),
        budget('a', { maxUnavailable: -1 }),
        budget('a', { minAvailable: '101%' }),
        budget('a', { minAvailable: 'some' }),
        budget('a', { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'Never' }),
      ]),
    [
      [422, 'FieldValueInvalid spec'],
      [422, 'FieldValueInvalid spec.maxUnavailable'],
      [422, 'FieldValueInvalid spec.minAvailable'],
      [422, 'FieldValueInvalid spec.minAvailable'],
      [422, 'FieldValueNotSupported spec.unhealthyPodEvictionPolicy'],
    ],
  ),
  contractCase(
    'defaults: a NetworkPolicy gets types and protocols, and loses an empty list of rules',
    async (api) => {
      const specOf = async (name: string, spec: object) => (await api.create(policies(api), policy(name, spec))).spec;
      return [
        await specOf('a', { ingress: [{ ports: [{ port: 9090 }, { port: 'web', protocol: 'UDP' }] }] }),
        await specOf('b', { ingress: [] }),
        await specOf('c', { egress: [{}] }),
        await specOf('d', { policyTypes: ['Egress'] }),
      ];
    },
    [
      {
        podSelector: selector,
        ingress: [
          {
            ports: [
              { port: 9090, protocol: 'TCP' },
              { port: 'web', protocol: 'UDP' },
            ],
          },
        ],
        policyTypes: ['Ingress'],
      },
      { podSelector: selector, policyTypes: ['Ingress'] },
      { podSelector: selector, egress: [{}], policyTypes: ['Ingress', 'Egress'] },
      { podSelector: selector, policyTypes: ['Egress'] },
    ],
  ),
  contractCase(
    'defaults: a NetworkPolicy that cannot be is 422 with its causes',
    (api) => {
      const ports = (...all: object[]): object => policy('a', { ingress: [{ ports: all }] });
      const from = (...all: object[]): object => policy('a', { ingress: [{ from: all }] });
      return refuse(api, policies(api), [
        ports({ port: 0 }),
        ports({ port: 65_536 }, { port: 'Not a name' }),
        ports({ port: 80, protocol: 'ICMP' }),
        ports({ port: 80, endPort: 79 }),
        ports({ endPort: 80 }),
        from({}),
        from({ podSelector: selector, ipBlock: { cidr: '10.0.0.0/8' } }),
        from({ ipBlock: { cidr: '10.0.0.0/33' } }),
        from({ namespaceSelector: { matchExpressions: [{ key: 'a', operator: 'Is', values: ['b'] }] } }),
        policy('a', { policyTypes: ['Ingress', 'Both'] }),
      ]);
    },
    [
      [422, 'FieldValueInvalid spec.ingress[0].ports[0].port'],
      [422, 'FieldValueInvalid spec.ingress[0].ports[0].port', 'FieldValueInvalid spec.ingress[0].ports[1].port'],
      [422, 'FieldValueNotSupported spec.ingress[0].ports[0].protocol'],
      [422, 'FieldValueInvalid spec.ingress[0].ports[0].endPort'],
      [422, 'FieldValueInvalid spec.ingress[0].ports[0].endPort'],
      [422, 'FieldValueRequired spec.ingress[0].from[0]'],
      [422, 'FieldValueForbidden spec.ingress[0].from[0]'],
      [422, 'FieldValueInvalid spec.ingress[0].from[0].ipBlock.cidr'],
      [422, 'FieldValueInvalid spec.ingress[0].from[0].namespaceSelector.matchExpressions[0].operator'],
      [422, 'FieldValueNotSupported spec.policyTypes[1]'],
    ],
  ),
];
