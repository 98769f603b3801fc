import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { convertAlertmanagerConfig, remainderAnnotation } from '../../../../src/api/alertmanager-config/conversion.ts';
import type { KubernetesObject } from '../../../../src/api/meta.ts';
import { Validator } from '../../../../src/api/validate.ts';
import { cloneJson } from '../../../../src/base/json.ts';
import { generateObjects } from '../kind-objects.ts';
import { Random } from '../random.ts';

const alpha = 'monitoring.coreos.com/v1alpha1';
const beta = 'monitoring.coreos.com/v1beta1';

type Config = KubernetesObject & { spec: Record<string, unknown> };

const makeConfig = (spec: Record<string, unknown>, apiVersion = alpha): Config => ({
  apiVersion,
  kind: 'AlertmanagerConfig',
  metadata: { name: 'x', namespace: 'shop', labels: { a: 'b' } },
  spec,
});

const toBeta = (config: KubernetesObject): Config => convertAlertmanagerConfig(config, beta) as Config;
const toAlpha = (config: KubernetesObject): Config => convertAlertmanagerConfig(config, alpha) as Config;

/** Routes inside routes, which no schema describes, with old matchers. */
function makeRoute(random: Random, depth: number): Record<string, unknown> {
  const makeMatcher = (): unknown => ({
    name: random.pick(['a', 'b', 'c']),
    ...(random.isLucky(0.7) ? { value: 'x|y' } : {}),
    ...(random.isLucky(0.5) ? { regex: random.isLucky(0.5) } : {}),
    ...(random.isLucky(0.4) ? { matchType: random.pick(['=', '!=', '=~', '!~']) } : {}),
  });
  return {
    receiver: 'r',
    matchers: Array.from({ length: random.below(4) }, makeMatcher),
    ...(depth === 0 ? {} : { routes: Array.from({ length: random.below(3) }, () => makeRoute(random, depth - 1)) }),
  };
}

/** Valid objects; every other one gets child routes, OpsGenie and references as the random objects rarely have them. */
const generated = generateObjects(200, 5000, false, 'AlertmanagerConfig v1alpha1').map(({ object, seed }) => {
  const random = new Random(seed);
  const config = object as unknown as Config;
  if (seed % 2 === 0) return config;
  const apiKey = { key: 'k', name: 'n', ...(random.isLucky(0.5) ? { optional: random.isLucky(0.5) } : {}) };
  const receivers = Array.from({ length: 1 + random.below(3) }, (_, at) => ({
    name: `r${at}`,
    opsgenieConfigs: [{ apiKey, ...(random.isLucky(0.6) ? { updateAlerts: random.isLucky(0.5) } : {}) }],
  }));
  const inhibitRules = [{ sourceMatch: [{ name: 'a', value: 'b', regex: true }], equal: ['x'] }];
  return { ...config, spec: { ...config.spec, route: makeRoute(random, 3), receivers, inhibitRules } };
});

describe('conversion of AlertmanagerConfig', () => {
  it('loses nothing of 200 generated objects on the way to v1beta1 and back', (test) => {
    let kept = 0;
    for (const config of generated) {
      const before = cloneJson(config);
      const converted = toBeta(config);
      kept += converted.metadata.annotations?.[remainderAnnotation] === undefined ? 0 : 1;
      assert.deepEqual(config, before, 'the object itself stays as it is');
      assert.deepEqual(toAlpha(converted), config);
    }
    test.diagnostic(`${generated.length} objects, ${kept} with fields that v1beta1 does not have`);
    assert.ok(kept > 50);
  });

  it('gives objects that v1beta1 accepts', () => {
    const validator = new Validator();
    const wrong = generated.flatMap((config) =>
      validator
        .validate({ kind: 'AlertmanagerConfig', version: 'v1beta1' }, toBeta(config))
        .filter(({ reason, path }) => reason !== 'RuleBroken' && !path.endsWith('.name'))
        .map(({ path, message }) => `${config.metadata.name ?? ''} ${path}: ${message}`),
    );
    assert.deepEqual(wrong, []);
  });

  it('loses nothing of objects of v1beta1 on the way to v1alpha1 and back', () => {
    for (const { object } of generateObjects(200, 9000, false, 'AlertmanagerConfig v1beta1')) {
      const config = object as unknown as Config;
      assert.deepEqual(toBeta(toAlpha(config)), config);
    }
  });

  it('says in the words of v1beta1 what v1alpha1 says', () => {
    const matchers = [
      { name: 'a', value: 'x', regex: true },
      { name: 'b', value: 'x', regex: false },
      { name: 'c', value: 'x', regex: true, matchType: '!=' },
      { name: 'd', value: 'x' },
    ];
    const muteTimeIntervals = [{ name: 'night', timeIntervals: [{ weekdays: ['monday'] }] }];
    const route = { receiver: 'r', muteTimeIntervals: ['night'], routes: [{ matchers, routes: [{ matchers }] }] };
    const { apiVersion, spec, metadata } = toBeta(makeConfig({ route, muteTimeIntervals }));
    const modern = [
      { name: 'a', value: 'x', matchType: '=~' },
      { name: 'b', value: 'x' },
      { name: 'c', value: 'x', matchType: '!=' },
      { name: 'd', value: 'x' },
    ];
    assert.equal(apiVersion, beta);
    assert.deepEqual(spec, {
      route: { ...route, routes: [{ matchers: modern, routes: [{ matchers: modern }] }] },
      timeIntervals: muteTimeIntervals,
    });
    assert.deepEqual(metadata.labels, { a: 'b' });
  });

  it('needs no annotation where v1beta1 can say everything', () => {
    const { metadata } = toBeta(makeConfig({ route: { receiver: 'r', matchers: [{ name: 'a', matchType: '=~' }] } }));
    assert.deepEqual(metadata, { name: 'x', namespace: 'shop', labels: { a: 'b' } });
  });

  it('lets edits in v1beta1 win', () => {
    const opsgenie = (name: string, updateAlerts: boolean, message = 'm'): Record<string, unknown> => ({
      name,
      opsgenieConfigs: [{ message, updateAlerts }],
    });
    const matchers = [
      { name: 'a', value: 'x', regex: true },
      { name: 'b', value: 'x', regex: true },
    ];
    const config = makeConfig({ receivers: [opsgenie('one', true), opsgenie('two', false)], route: { matchers } });
    const edited = cloneJson(toBeta(config)) as Config & {
      spec: { receivers: Record<string, unknown>[]; route: { matchers: Record<string, unknown>[] } };
    };
    edited.spec.receivers.reverse();
    edited.spec.receivers.unshift({ name: 'new', opsgenieConfigs: [{ message: 'first' }] });
    edited.spec.receivers[1]!.opsgenieConfigs = [{ message: 'changed' }];
    edited.spec.route.matchers[0]!.matchType = '!~';
    edited.spec.route.matchers.pop();
    const { spec, metadata } = toAlpha(edited);
    assert.deepEqual(spec, {
      receivers: [
        { name: 'new', opsgenieConfigs: [{ message: 'first' }] },
        opsgenie('two', false, 'changed'),
        opsgenie('one', true),
      ],
      route: { matchers: [{ name: 'a', value: 'x', matchType: '!~' }] },
    });
    assert.equal(metadata.annotations, undefined);
  });

  it('does without an annotation that cannot be read', () => {
    for (const text of ['{', '[1, {"path": 3}]', '[{"path": ["route", 7, "x"], "when": {}, "patch": {"a": 1}}]']) {
      const config = makeConfig({ route: { receiver: 'r' } }, beta);
      const annotated = {
        ...config,
        metadata: { ...config.metadata, annotations: { [remainderAnnotation]: text, a: 'b' } },
      };
      const converted = toAlpha(annotated);
      assert.deepEqual(converted.spec, config.spec, text);
      assert.deepEqual(converted.metadata.annotations, { a: 'b' });
    }
  });

  it('knows no other versions', () => {
    assert.equal(toAlpha(makeConfig({})).apiVersion, alpha);
    assert.throws(() => convertAlertmanagerConfig(makeConfig({}), 'monitoring.coreos.com/v1'), RangeError);
    assert.throws(() => toBeta(makeConfig({}, 'monitoring.coreos.com/v1')), /from "monitoring.coreos.com\/v1" to/);
  });
});
