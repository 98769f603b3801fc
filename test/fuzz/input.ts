import { cloneJson, isJsonObject } from '../../src/base/json.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { SeededRandom } from '../e2e/discovery/seeded-random.ts';
import { makeFile, makeGarbage } from './garbage.ts';
import { mutate } from './mutate.ts';
import { goodObjects, makeValue, nest, readCorpus, victims } from './values.ts';

/** One bad input: a set of objects, or a file that is broken as text. */
export interface FuzzInput {
  readonly objects: readonly unknown[];
  /** Places of those that are bad. */
  readonly mutated: readonly number[];
  /** The file in the place of the objects. */
  readonly text?: string;
}

const corpus = readCorpus();

function withGood(bad: readonly unknown[], beside: readonly unknown[] = []): FuzzInput {
  const first = goodObjects.length + beside.length;
  return { objects: [...goodObjects, ...beside, ...bad], mutated: bad.map((_, at) => first + at) };
}

/** Mutated objects of all kinds, each as likely. */
function makeObjects(random: SeededRandom): FuzzInput {
  const bad: unknown[] = Array.from({ length: random.pick([1, 1, 2, 3]) }, () =>
    mutate(random.pick(random.pick(corpus)), random),
  );
  if (random.chance(0.05)) bad.push(makeValue(random));
  if (random.chance(0.1)) bad.push(cloneJson(bad[0]));
  if (random.chance(0.1)) swapSpecs(bad, random);
  return withGood(bad, random.chance(0.3) ? victims : []);
}

/** The spec of one kind in an object of another. */
function swapSpecs(objects: unknown[], random: SeededRandom): void {
  const [first] = objects;
  if (isJsonObject(first)) first.spec = cloneJson(random.pick(random.pick(corpus)).spec ?? null);
}

function makeSecrets(random: SeededRandom): FuzzInput {
  const readers = victims.filter(({ kind }) => kind !== 'Secret' && kind !== 'ConfigMap');
  return withGood(makeGarbage(random), readers);
}

/** The input of an index: nothing but this and the seed decides what it is. */
export function makeInput(seed: number, index: number): FuzzInput {
  const random = new SeededRandom((Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0);
  const kind = random.next();
  if (kind < 0.03) return { objects: [], mutated: [], text: makeFile(random) };
  return kind < 0.3 ? makeSecrets(random) : makeObjects(random);
}

const find = (kind: string): JsonObject => cloneJson(victims.find((one) => one.kind === kind) ?? {});

function withSpec(kind: string, spec: JsonObject): JsonObject {
  const object = find(kind);
  return { ...object, spec: { ...(object.spec as JsonObject), ...spec } };
}

const megabytes = 1024 * 1024;
const many = (count: number, make: (at: number) => unknown): unknown[] =>
  Array.from({ length: count }, (_, at) => make(at));

/** Inputs that are large: a few a run. */
export function makeBigInputs(): readonly (readonly [name: string, make: () => FuzzInput])[] {
  const rename = (kind: string) => (at: number) => ({
    ...find(kind),
    metadata: { name: `n${at}`, namespace: 'fuzz-evil', labels: { team: 'a' } },
  });
  const secret = (text: string): JsonObject => ({
    ...find('Secret'),
    data: { yaml: Buffer.from(text).toString('base64') },
  });
  return [
    [
      'manifest of 10 MB in one text',
      () => withGood([withSpec('ServiceMonitor', { jobLabel: 'a'.repeat(10 * megabytes) })]),
    ],
    [
      'manifest of 10 MB in many values',
      () =>
        withGood([
          withSpec('PrometheusRule', {
            groups: many(2500, (at) => ({
              name: `g${at}`,
              rules: many(40, () => ({ record: 'a:b', expr: 'sum(rate(up[5m])) by (job)', labels: { a: 'b' } })),
            })),
          }),
        ]),
    ],
    [
      'rule with an expression of 1 MB',
      () =>
        withGood([
          withSpec('PrometheusRule', {
            groups: [{ name: 'g', rules: [{ record: 'a', expr: '('.repeat(megabytes) }] }],
          }),
        ]),
    ],
    [
      '10,000 names of namespaces',
      () =>
        withGood([
          withSpec('ServiceMonitor', { namespaceSelector: { matchNames: many(10_000, (at) => `namespace-${at}`) } }),
        ]),
    ],
    [
      '10,000 references',
      () =>
        withGood([
          withSpec('ServiceMonitor', {
            endpoints: many(10_000, (at) => ({ port: 'a', bearerTokenSecret: { name: `s${at}`, key: 'k' } })),
          }),
        ]),
    ],
    ['2,000 monitors', () => withGood(many(2000, rename('PodMonitor')))],
    [
      '10,000 receivers',
      () => withGood([withSpec('AlertmanagerConfig', { receivers: many(10_000, (at) => ({ name: `r${at}` })) })]),
    ],
    [
      'route 3,000 deep',
      () =>
        withGood([
          withSpec('AlertmanagerConfig', {
            route: many(3000, (at) => at).reduce<unknown>((inner) => ({ receiver: 'all', routes: [inner] }), {
              receiver: 'all',
            }),
          }),
        ]),
    ],
    ['spec 20,000 deep', () => withGood([withSpec('Probe', { targets: nest(20_000, 'map') })])],
    ['Secret of 1 MB of jobs', () => withGood([secret('- job_name: a\n'.repeat(70_000))], victims)],
    ['Secret of 1 MB in one line', () => withGood([secret(`- job_name: ${'a'.repeat(megabytes)}`)], victims)],
  ];
}
