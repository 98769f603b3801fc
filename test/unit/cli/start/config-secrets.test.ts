import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prometheusType } from '../../../../src/api/prometheus.ts';
import type { ResourceType } from '../../../../src/api/meta.ts';
import { gzipSync } from 'node:zlib';
import { listWorkloads } from '../../../../src/cli/start/workloads.ts';
import type { SandboxApi } from '../../../../src/sandbox/api.ts';

const encode = (bytes: Buffer | string): string => Buffer.from(bytes).toString('base64');
const list = (...jobs: readonly string[]): string =>
  `scrape_configs:\n${jobs.map((job) => `- job_name: ${job}\n`).join('')}`;

/** Reads alone are needed. */
function openApi(secrets: Readonly<Record<string, Readonly<Record<string, string>>>>): SandboxApi {
  const objects = Object.entries(secrets).map(([name, data]) => ({
    metadata: { namespace: 'monitoring', name },
    data,
  }));
  const workload = { metadata: { namespace: 'monitoring', name: 'main' }, spec: {} };
  return {
    get: (_: ResourceType, { name }: { readonly name: string }) =>
      objects.find(({ metadata }) => metadata.name === name),
    list: (type: ResourceType) => ({
      items: type.kind === prometheusType.kind ? [workload] : type.kind === 'Secret' ? objects : [],
    }),
  } as unknown as SandboxApi;
}

const read = (api: SandboxApi): { readonly config: string | undefined; readonly commands: readonly string[] } => {
  const [prometheus] = listWorkloads(api);
  assert.ok(prometheus);
  return prometheus;
};

const main = (...jobs: readonly string[]): Record<string, string> => ({
  'prometheus.yaml.gz': encode(gzipSync(list(...jobs))),
});

describe('The configuration that stoker start tells of', () => {
  it('is in one Secret, as ever', () => {
    const { config, commands } = read(openApi({ 'prometheus-main': main('a', 'b') }));
    assert.equal(config, '2 jobs: a, b');
    assert.deepEqual(commands, [
      `kubectl -n monitoring get secret prometheus-main -o go-template='{{index .data "prometheus.yaml.gz"}}' |`,
      '  base64 -d | gunzip',
    ]);
  });

  it('goes on in further Secrets, of which those of one shard are shown', () => {
    const { config, commands } = read(
      openApi({
        'prometheus-main': main('old'),
        'prometheus-main-scrape-configs': main('a'),
        'prometheus-main-scrape-configs-0-0': { '0.yaml': encode(list('b')) },
        'prometheus-main-scrape-configs-0-1': { '1.yaml': encode(list('c', 'd')) },
        'prometheus-main-scrape-configs-1-0': { '0.yaml': encode(list('b')) },
      }),
    );
    assert.equal(config, '4 jobs: a, b, c, d');
    assert.match(commands[0] ?? '', /get secret prometheus-main-scrape-configs -o/);
    assert.deepEqual(commands.slice(2), [
      'for secret in $(kubectl -n monitoring get secret -o name | grep /prometheus-main-scrape-configs-0-); do',
      `  kubectl -n monitoring get $secret -o go-template='{{range .data}}{{base64decode .}}{{end}}'; done`,
    ]);
  });
});
