import assert from 'node:assert/strict';
import { makeNoise } from '../../../e2e/support/noise.ts';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { ObjectMetadata } from '../../../../src/api/meta.ts';
import type { PrometheusSpec } from '../../../../src/api/prometheus.ts';
import type { ServiceMonitor } from '../../../../src/api/service-monitor.ts';
import { complete } from '../../../../src/base/interruptible.ts';
import { parseYaml } from '../../../../src/base/yaml.ts';
import {
  createPrometheusCaches,
  matchPrometheus,
  renderPrometheus,
} from '../../../../src/core/desired/desired-prometheus.ts';
import type { DesiredPrometheus } from '../../../../src/core/desired/desired-prometheus.ts';
import type { Step } from '../../../../src/core/desired/steps.ts';
import { asServerWorkload } from '../../../../src/core/render/prometheus/prometheus-workload.ts';
import { judgeRoom } from '../../../../src/core/status/room-verdict.ts';
import type { Secret, StatefulSet } from '../../../../src/core/render/shared/rendered-objects.ts';
import {
  makeLister,
  makePrometheus,
  makeServiceMonitor,
  makeSources,
  makeStore,
  settings,
} from '../select/fixtures.ts';

/** Of 12 KB each, 9 KB compressed. */
const makeNoisy = (number: number, replacement = ''): ServiceMonitor =>
  makeServiceMonitor(`ns/app-${number}`, {
    endpoints: [
      {
        port: 'web',
        relabelings: [{ targetLabel: 'noise', replacement: `${makeNoise(number, 12_000)}${replacement}` }],
      },
    ],
  });

const noisy = Array.from({ length: 200 }, (_, number) => makeNoisy(number));
const many = noisy.slice(0, 150);

interface Situation {
  readonly monitors?: readonly ServiceMonitor[];
  readonly spec?: Partial<PrometheusSpec>;
  readonly live?: readonly StatefulSet[];
}

function render({ monitors = many, spec = {}, live = [] }: Situation): DesiredPrometheus {
  const workload = asServerWorkload(makePrometheus(spec), settings);
  const sources = { ...makeSources({ ServiceMonitor: monitors }), PrometheusRule: makeLister([]) };
  const caches = createPrometheusCaches();
  const match = complete(matchPrometheus(workload, sources, caches));
  return complete(renderPrometheus({ ...match, live }, makeStore(), caches));
}

const listSecrets = ({ steps }: DesiredPrometheus): Secret[] =>
  steps.flatMap((step) => (step.kind === 'write' && step.object.kind === 'Secret' ? [step.object as Secret] : []));

const listSets = ({ steps }: DesiredPrometheus): StatefulSet[] =>
  steps.flatMap((step) => (step.kind === 'stateful-set' ? [step.object] : []));

const isFile = ({ metadata }: Secret): boolean => /-scrape-configs-\d+-\d+$/.test(metadata.name ?? '');

const nameOf = ({ metadata }: { readonly metadata: { readonly name?: string } }): string => metadata.name ?? '';

function readKey(secret: Secret | undefined, key: string): string {
  const bytes = Buffer.from(secret?.data?.[key] ?? '', 'base64');
  return key.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString();
}

const readMain = (desired: DesiredPrometheus): string =>
  readKey(
    listSecrets(desired).find((one) => nameOf(one) === 'prometheus-k8s-scrape-configs'),
    'prometheus.yaml.gz',
  );

const readFiles = (desired: DesiredPrometheus, shard: number): string[] =>
  listSecrets(desired)
    .filter((one) => isFile(one) && nameOf(one).startsWith(`prometheus-k8s-scrape-configs-${shard}-`))
    .map((one) => readKey(one, Object.keys(one.data ?? {})[0] ?? ''));

interface Jobs {
  readonly scrape_configs: readonly { readonly job_name: string }[];
}

const listJobs = (text: string): string[] => (parseYaml(text) as Jobs).scrape_configs.map(({ job_name: name }) => name);

const countSources = (desired: DesiredPrometheus): number =>
  listSets(desired)[0]?.spec.template.spec.volumes?.find(({ name }) => name === 'config')?.projected?.sources?.length ??
  0;

/** As the API server has them, once pods run with them. */
const run = (desired: DesiredPrometheus, currentRevision = 'new'): StatefulSet[] =>
  listSets(desired).map((set) => ({
    ...set,
    metadata: { ...set.metadata, generation: 1 },
    status: { observedGeneration: 1, updateRevision: 'new', currentRevision },
  }));

/** Names that the steps remove. */
function listPruned(
  { steps, workload }: DesiredPrometheus,
  names: readonly string[],
  sets: readonly StatefulSet[],
): string[] {
  const ownerReferences = [{ apiVersion: 'v1', kind: 'Prometheus', name: 'k8s', uid: 'p', controller: true }];
  const { namespace } = workload.owner.metadata;
  const live = names.map((name) => ({ metadata: { name, namespace, ownerReferences } }) as ObjectMetadata);
  const prunes = steps.filter((step): step is Extract<Step, { kind: 'prune' }> => step.kind === 'prune');
  return prunes.flatMap((step) => (step.type === 'Secret' ? step.choose(live, sets).map(nameOf) : []));
}

describe('a configuration that does not fit into one Secret', () => {
  it('is in several, with each job once, and none of them too large', () => {
    const desired = render({});
    assert.deepEqual(desired.failures, []);
    const main = readMain(desired);
    assert.match(main, /^scrape_config_files:\n- \/etc\/prometheus\/scrape_configs\/\*\.yaml\nscrape_configs: \[\]\n/m);
    const files = readFiles(desired, 0);
    assert.ok(files.length > 1);
    assert.deepEqual(
      files.flatMap(listJobs).sort(),
      many.map(({ metadata }) => `serviceMonitor/ns/${metadata.name}/0`).sort(),
    );
    for (const file of files) assert.ok(Buffer.byteLength(file) < 1_048_576);
    assert.ok(!listSecrets(desired).some((one) => nameOf(one) === 'prometheus-k8s'), 'pods that run have their own');
    assert.equal(desired.printConfig(), render({ monitors: many }).config?.yaml());
  });

  it('has the number of the shard in the jobs of each shard, as the config-reloader writes it', () => {
    const desired = render({ spec: { shards: 2 } });
    const [first, second] = [0, 1].map((shard) => readFiles(desired, shard));
    assert.ok(first?.every((text) => text.includes('regex: 0;|.+;.+') && !text.includes('$(SHARD)')));
    assert.deepEqual(
      second?.map((text) => text.replaceAll('regex: 1;|', 'regex: 0;|').replaceAll('replacement: 1', 'replacement: 0')),
      first,
    );
  });

  it('keeps in the main file what only the config-reloader can fill in, or what is found by its folder', () => {
    const odd = [
      makeNoisy(900, '$(POD_NAME)'),
      makeNoisy(901, '$(MINE)'),
      makeServiceMonitor('ns/app-902', { endpoints: [{ port: 'web', tlsConfig: { caFile: 'certs/ca.pem' } }] }),
    ];
    const desired = render({ monitors: [...many, ...odd] });
    assert.deepEqual(
      listJobs(readMain(desired)),
      odd.map(({ metadata }) => `serviceMonitor/ns/${metadata.name}/0`),
    );
    assert.equal(readFiles(desired, 0).flatMap(listJobs).length, many.length);
  });

  it('is mounted with names in reserve, as one volume of the config-reloader and of Prometheus', () => {
    const [set] = listSets(render({}));
    const { volumes = [], containers = [] } = set?.spec.template.spec ?? {};
    const sources = volumes.find(({ name }) => name === 'config')?.projected?.sources ?? [];
    assert.deepEqual(sources.slice(0, 2), [
      { secret: { name: 'prometheus-k8s-scrape-configs' } },
      { secret: { name: 'prometheus-k8s-scrape-configs-0-0', optional: true } },
    ]);
    assert.equal(sources.length, 17);
    const mounts = containers.map(({ volumeMounts = [] }) => volumeMounts.filter(({ name }) => name === 'config'));
    assert.deepEqual(mounts, [
      [{ name: 'config', mountPath: '/etc/prometheus/scrape_configs', readOnly: true }],
      [{ name: 'config', mountPath: '/etc/prometheus/config' }],
    ]);
  });

  it('writes one Secret when one monitor has changed', () => {
    const fingerprints = (desired: DesiredPrometheus): Map<string, string> =>
      new Map(
        desired.steps.flatMap((step) => (step.kind === 'write' ? [[nameOf(step.object), step.fingerprint]] : [])),
      );
    const before = fingerprints(render({}));
    const after = fingerprints(render({ monitors: many.with(7, makeNoisy(7, '-changed')) }));
    assert.deepEqual([...after.keys()], [...before.keys()]);
    const changed = [...after].filter(([name, fingerprint]) => before.get(name) !== fingerprint);
    assert.match(changed.map(([name]) => name).join(), /^prometheus-k8s-scrape-configs-0-\d+$/);
  });

  it('writes new files before those that they take jobs from, and removes surplus ones after that', () => {
    const desired = render({ monitors: noisy });
    const indexes = listSecrets(desired)
      .filter(isFile)
      .map((one) => Number(/\d+$/.exec(nameOf(one))?.[0]));
    assert.deepEqual(
      indexes,
      [...indexes].sort((a, b) => b - a),
    );
    const kinds = desired.steps.map((step) =>
      step.kind === 'write' && isFile(step.object as Secret) ? 'file' : step.kind,
    );
    assert.ok(kinds.indexOf('prune', 2) > kinds.lastIndexOf('file'));
    const surplus = [
      'prometheus-k8s-scrape-configs-0-15',
      'prometheus-k8s-scrape-configs-0-0',
      'prometheus-x-scrape-configs-0-15',
    ];
    assert.deepEqual(listPruned(desired, surplus, []), ['prometheus-k8s-scrape-configs-0-15']);
  });

  it('stays in several until much less is left, also after the operator was restarted', () => {
    const live = run(render({}));
    const little = { monitors: many.slice(0, 100) };
    assert.equal(countSources(render(little)), 0);
    assert.equal(countSources(render({ ...little, live })), 17);
    assert.equal(countSources(render({ monitors: many.slice(0, 60), live })), 0);
  });

  it('leaves alone what pods mount that were not restarted yet, of either form', () => {
    const names = [
      'prometheus-k8s',
      'prometheus-k8s-scrape-configs',
      'prometheus-k8s-scrape-configs-0-0',
      'prometheus-k8s-web-config',
    ];
    const [plain, split] = [render({ monitors: [] }), render({})];
    assert.deepEqual(listPruned(split, names, run(plain)), []);
    assert.deepEqual(listPruned(split, names, run(split, 'old')), []);
    assert.deepEqual(listPruned(split, names, run(split)), ['prometheus-k8s']);
    assert.deepEqual(listPruned(plain, names, run(split)), []);
    assert.deepEqual(listPruned(plain, names, run(plain)), names.slice(1, 3));
  });

  it('takes a set that was made anew around its pods for rolled out, though its status counts the generations of the one before', () => {
    const split = render({});
    const anew = run(split).map((set) => ({ ...set, status: { ...set.status, observedGeneration: 2 } }));
    assert.deepEqual(listPruned(split, ['prometheus-k8s'], anew), ['prometheus-k8s']);
  });

  it('of shards that are no more is removed when the others run without them', () => {
    const desired = render({ spec: { shards: 1 } });
    assert.deepEqual(listPruned(desired, ['prometheus-k8s-scrape-configs-1-3'], run(desired)), [
      'prometheus-k8s-scrape-configs-1-3',
    ]);
  });

  for (const [what, version, text, wayOut] of [
    ['a version that reads no other files', 'v2.42.0', '', /run Prometheus 2\.43 or later/],
    ['jobs that all have variables of their pod', 'v2.43.0', '$(POD_NAME)', /only jobs without variables of pods/],
  ] as const)
    it(`is refused with the way out for ${what}`, () => {
      const monitors = Array.from({ length: 150 }, (_, number) => makeNoisy(number, text));
      const { failures, steps } = render({ spec: { version }, monitors });
      assert.match(failures[0]?.message ?? '', wayOut);
      assert.equal(steps.filter(({ kind }) => kind === 'stateful-set').length, 0);
    });
});

describe('a file that is nearly full', () => {
  const tell = (desired: DesiredPrometheus): string | undefined => judgeRoom(desired.steps)?.verdict?.message;

  it('is told of before anything is refused, with what happens then', () => {
    const nearly = many.slice(0, 100);
    assert.match(
      tell(render({ monitors: nearly })) ?? '',
      /^Secret "prometheus-k8s" is 8\d % full: beyond the 1048576 bytes that it holds its jobs go into further Secrets/,
    );
    const old = render({ monitors: nearly, spec: { version: 'v2.42.0' } });
    assert.match(
      tell(old) ?? '',
      /no change is written any more\. Let "k8s" select fewer objects.*or run Prometheus 2\.43 or later/,
    );
  });

  it('is not while there is room, nor in several Secrets', () => {
    const half = render({ monitors: many.slice(0, 60) });
    assert.equal(tell(half), undefined);
    assert.equal(Math.round((judgeRoom(half.steps)?.share ?? 0) * 10), 5);
    assert.equal(tell(render({})), undefined);
  });
});
