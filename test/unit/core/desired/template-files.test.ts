import { complete } from '../../../../src/base/interruptible.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AlertmanagerConfig } from '../../../../src/api/alertmanager-config.ts';
import type { AlertmanagerSpec } from '../../../../src/api/alertmanager.ts';
import { AssetStore } from '../../../../src/core/assets/store.ts';
import type { AssetObject } from '../../../../src/core/assets/store.ts';
import { matchAlertmanagerWorkload, renderAlertmanager } from '../../../../src/core/desired/desired-alertmanager.ts';
import { ConfigCache } from '../../../../src/core/select/alertmanager-config/cache.ts';
import { makeWorkload } from '../render/alertmanager/fixtures.ts';
import { makeLister } from '../select/fixtures.ts';

const secret = (name: string, texts: Readonly<Record<string, string>>): AssetObject => ({
  metadata: { namespace: 'monitoring', name },
  data: Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString('base64')] as const),
  ),
});
const configMap = (name: string, data: Readonly<Record<string, string>>): AssetObject => ({
  metadata: { namespace: 'monitoring', name },
  data,
});

interface World {
  readonly spec: AlertmanagerSpec;
  readonly secrets?: readonly AssetObject[];
  readonly configMaps?: readonly AssetObject[];
  readonly cache?: ConfigCache;
}

const top: AlertmanagerConfig = {
  metadata: { namespace: 'monitoring', name: 'top', uid: 'top', resourceVersion: '1' },
  spec: { route: { receiver: 'a' }, receivers: [{ name: 'a' }] },
};

function match({ spec, cache = new ConfigCache() }: World) {
  const sources = { AlertmanagerConfig: makeLister([top]), namespaces: makeLister([]) };
  return complete(matchAlertmanagerWorkload(makeWorkload(spec), sources, cache));
}

/** What could not be rendered, and the kinds of steps. */
function render(world: World): { readonly failures: string[]; readonly steps: string[] } {
  const { secrets = [], configMaps = [], cache = new ConfigCache() } = world;
  const assets = new AssetStore({ secrets: [...secrets], configMaps: [...configMaps] });
  const { failures, steps } = complete(renderAlertmanager(match({ ...world, cache }), assets, cache));
  return { failures: failures.map(({ message }) => message), steps: steps.map(({ kind }) => kind) };
}

const withTemplates = (
  ...templates: { secret?: { name: string; key: string }; configMap?: { name: string; key: string } }[]
) => ({
  alertmanagerConfiguration: { name: 'top', templates },
});
const inMap = (key: string, name = 'texts') => ({ configMap: { name, key } });
const inSecret = (key: string) => ({ secret: { name: 'hidden', key } });

describe('templates that the spec names', () => {
  it('are read, from where they will be mounted', () => {
    const { references } = match({ spec: withTemplates(inMap('a.tmpl'), inSecret('b.tmpl')) });
    assert.deepEqual(
      references.map(({ kind, name, key, field }) => `${kind} ${name} ${key} ${field}`),
      [
        'ConfigMap texts a.tmpl spec.alertmanagerConfiguration.templates[0].configMap',
        'Secret hidden b.tmpl spec.alertmanagerConfiguration.templates[1].secret',
      ],
    );
  });

  it('that Alertmanager cannot parse stop configuration and pods, with object, key and line', () => {
    const configMaps = [configMap('texts', { 'a.tmpl': '{{ define "a" }}\n{{ toUper .Status }}\n{{ end }}' })];
    const { failures, steps } = render({ spec: withTemplates(inMap('a.tmpl')), configMaps });
    assert.deepEqual(failures, [
      'spec.alertmanagerConfiguration.templates[0].configMap: Cannot use key "a.tmpl" of ConfigMap "monitoring/texts", ' +
        'for Alertmanager loads no configuration with it: line 2: function "toUper" is unknown',
    ]);
    assert.ok(!steps.includes('stateful-set') && steps.includes('governing-service'), steps.join());
  });

  it('are not quoted when they stand in a Secret', () => {
    const secrets = [secret('hidden', { 'b.tmpl': `{{ hunter2 }}{{ 'hunter2' }}` })];
    const { failures } = render({ spec: withTemplates(inSecret('b.tmpl')), secrets });
    assert.match(failures[0] ?? '', /key "b\.tmpl" of Secret "monitoring\/hidden".* line 1: function "…" is unknown$/);
    const quoted = render({
      spec: withTemplates(inSecret('b.tmpl')),
      secrets: [secret('hidden', { 'b.tmpl': `{{ 'hunter2' }}` })],
    });
    assert.match(quoted.failures[0] ?? '', /line 1/);
    assert.doesNotMatch(quoted.failures.join(), /hunter2/);
  });

  it('go on when they are good, missing, or not the ones that are mounted', () => {
    const good = '{{ define "a" }}{{ toUpper .Status }}{{ end }}';
    const configMaps = [configMap('texts', { 'a.tmpl': good }), configMap('second', { 'a.tmpl': '{{ if }}' })];
    const spec = withTemplates(inMap('a.tmpl'), inMap('a.tmpl', 'second'), inMap('none.tmpl'));
    assert.deepEqual(render({ spec, configMaps }).failures, []);
  });

  it('may use what their version knows; without a version, what any does', () => {
    const configMaps = [configMap('texts', { 'a.tmpl': '{{ addDuration now "1h" }}' })];
    const spec = withTemplates(inMap('a.tmpl'));
    assert.deepEqual(render({ spec, configMaps }).failures, []);
    assert.match(
      render({ spec: { ...spec, version: '0.34.0' }, configMaps }).failures.join(),
      /"addDuration" is unknown/,
    );
  });

  it('are told of until they are mended, and looked at again only when they change', () => {
    const cache = new ConfigCache();
    const spec = withTemplates(inMap('a.tmpl'));
    const [bad, good] = [configMap('texts', { 'a.tmpl': '{{ if }}' }), configMap('texts', { 'a.tmpl': '{{ .A }}' })];
    const count = (object: AssetObject): number => render({ spec, configMaps: [object], cache }).failures.length;
    assert.deepEqual([count(bad), count(bad), count(good), count(bad)], [1, 1, 0, 1]);
  });
});

describe('templates beside the configuration in its Secret', () => {
  const text = (templates: string): string =>
    `route: {receiver: a}\nreceivers: [{name: a}]\ntemplates: [${templates}]\n`;
  const own = (templates: string, files: Readonly<Record<string, string>>): World => ({
    spec: { configSecret: 'own' },
    secrets: [secret('own', { 'alertmanager.yaml': text(templates), ...files })],
  });

  it('stop the configuration when it loads them and they cannot be parsed', () => {
    for (const selector of [undefined, {}]) {
      const world = own('"/etc/alertmanager/config/*.tmpl"', { 'a.tmpl': '{{ .A }}', 'b.tmpl': '\n{{ end }}' });
      const spec = { ...world.spec, ...(selector && { alertmanagerConfigSelector: selector }) };
      assert.deepEqual(render({ ...world, spec }).failures, [
        'spec.configSecret: Cannot use key "b.tmpl" of Secret "monitoring/own", for Alertmanager loads no configuration ' +
          'with it: line 2: found "…", without "…", "…" or "…" before it',
      ]);
    }
  });

  it('are of no concern when no pattern names them', () => {
    const files = { 'b.tmpl': '{{ end }}' };
    for (const pattern of ['"/etc/alertmanager/config/a*"', '"*.tmpl"', '"/etc/other/b.tmpl"', ''])
      assert.deepEqual(render(own(pattern, files)).failures, [], pattern);
    assert.equal(render(own('/etc/alertmanager/config/b.tmpl', files)).failures.length, 1);
    assert.equal(render(own('"../config/?.tmpl"', files)).failures.length, 1);
  });
});
