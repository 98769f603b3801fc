import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { Api } from '../api.ts';
import { verdict } from '../api.ts';
import type { ContractCase, Loose } from '../case.ts';
import { contractCase, list, show, text } from '../case.ts';
import { definitionsPath, eventually } from '../crds.ts';

const folder = join(import.meta.dirname, '../../../crds');
const group = 'monitoring.coreos.com/v1';

/** Creates the project's CRDs (once a server: they are cluster-wide) and deletes them after `use`. */
async function withProjectDefinitions<T>(api: Api, use: (names: readonly string[]) => Promise<T>): Promise<T> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  const definitions = files.map((file) => load(readFileSync(join(folder, file), 'utf8')) as Loose);
  const names = definitions.map(({ metadata }) => text(metadata?.name)).sort();
  try {
    for (const definition of definitions) await api.create(definitionsPath, definition);
    await eventually(
      () => Promise.all(names.map((name) => conditionsOf(api, name))),
      (all) => all.every((conditions) => conditions.includes('Established=True')),
    );
    await eventually(
      () => api.get(api.in(group, 'prometheuses')),
      ({ status }) => status === 200,
    );
    return await use(names);
  } finally {
    for (const name of names) await api.delete(`${definitionsPath}/${name}`);
  }
}

async function conditionsOf(api: Api, name: string): Promise<string[]> {
  const { body } = await api.get(`${definitionsPath}/${name}`);
  return list(body.status?.conditions).map(({ type, status }) => `${show(type)}=${show(status)}`);
}

const monitor = (name: string, endpoint: object): object => ({
  metadata: { name },
  spec: { selector: {}, endpoints: [endpoint] },
  apiVersion: group,
  kind: 'ServiceMonitor',
});

export const projectCrdCases: readonly ContractCase[] = [
  contractCase(
    'project: the CRDs of this project are accepted, structural, and hold what they promise',
    (api) =>
      withProjectDefinitions(api, async (names) => {
        const conditions = await Promise.all(names.map((name) => conditionsOf(api, name)));
        const at = api.in(group, 'servicemonitors');
        const good = await api.post(at, monitor('good', { port: 'web', interval: '30s', unknown: 1 }));
        const bad = await api.post(at, monitor('bad', { port: 'web', interval: 'often', scheme: 'ftp' }));
        const prometheus = { apiVersion: group, kind: 'Prometheus', metadata: { name: 'a' }, spec: { replicas: 2 } };
        const made = await api.create(api.in(group, 'prometheuses'), prometheus);
        const scale = await api.get(api.in(group, 'prometheuses/a/scale'));
        const selector = await api.post(api.in(group, 'prometheuses'), {
          ...prometheus,
          metadata: { name: 'b' },
          spec: { serviceMonitorSelector: { matchLabels: 'no' } },
        });
        return {
          count: names.length,
          conditions: [...new Set(conditions.flat())].sort(),
          good: list(good.body.spec?.endpoints),
          bad: [
            verdict(bad),
            list(bad.body.details?.causes)
              .map(({ reason, field }) => `${show(reason)} ${show(field)}`)
              .sort(),
          ],
          defaults: made.spec,
          scale: scale.body.spec,
          selector: list(selector.body.details?.causes).map(({ reason, field }) => `${show(reason)} ${show(field)}`),
        };
      }),
    {
      count: 10,
      conditions: ['Established=True', 'NamesAccepted=True'],
      good: [{ port: 'web', interval: '30s' }],
      bad: [
        '422 Invalid',
        ['FieldValueInvalid spec.endpoints[0].interval', 'FieldValueNotSupported spec.endpoints[0].scheme'],
      ],
      defaults: { evaluationInterval: '30s', portName: 'web', replicas: 2, scrapeInterval: '30s', shards: 1 },
      scale: { replicas: 1 },
      selector: ['FieldValueTypeInvalid spec.serviceMonitorSelector.matchLabels', 'FieldValueInvalid <nil>'],
    },
  ),
];
