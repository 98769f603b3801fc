import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { alertmanagerConfigSpec } from '../../../src/api/alertmanager-config.ts';
import { alertmanagerGlobalConfig } from '../../../src/api/alertmanager-configuration.ts';
import { prometheusRuleSpec } from '../../../src/api/prometheus-rule.ts';
import { thanosRulerSpec } from '../../../src/api/thanos-ruler.ts';
import type { ThanosRulerSpec } from '../../../src/api/thanos-ruler.ts';
import { Version } from '../../../src/base/version.ts';
import { AssetStore } from '../../../src/core/assets/store.ts';
import { RegexpCache } from '../../../src/core/relabel/regexp-cache.ts';
import type { Section } from '../../../src/core/render/alertmanager/config/section-shape.ts';
import { httpConfig } from '../../../src/core/render/alertmanager/config/sections/http-sections.ts';
import { receiver } from '../../../src/core/render/alertmanager/config/sections/receiver-section.ts';
import type { RuleFormat } from '../../../src/core/render/rules/rule-context.ts';
import { dropUnsupported } from '../../../src/core/render/rules/supported-fields.ts';
import { checkGlobalConfig } from '../../../src/core/select/alertmanager-config/check-global.ts';
import { makeContext } from '../core/render/rules/fixtures.ts';
import { makeRulerSet } from '../core/render/thanos-ruler/fixtures.ts';

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly since?: string;
}

const snakeCase = (name: string): string =>
  name
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();

/** The version of a program in a note such as "Prometheus 2.42.0 or Thanos 0.34.0". */
const readNote = ({ since = '' }: Node, program: string): string | undefined =>
  new RegExp(`${program} (\\d[\\d.]*\\d)`).exec(since)?.[1];

/** The last that sorts before a release. */
const before = (release: string): string => `${release}-0`;

describe('the notes of the API on versions of Alertmanager', () => {
  /** Fields whose key has another name. */
  const keys: Readonly<Record<string, string>> = { useAWSHTTPClient: 'use_aws_http_client' };
  /** Why a note is not that of the gate. */
  const exceptions: Readonly<Record<string, string>> = {
    'oauth2.proxyUrl': 'stands in blocks of Prometheus, too, which has always had it',
    'receivers.snsConfigs': 'is written for older ones, too, as the contract wants it',
  };

  const listProperties = (node: Node): [string, Node][] => Object.entries((node.items ?? node).properties ?? {});

  function* compare(node: Node, section: Section, path: string): Generator<string> {
    for (const [name, property] of listProperties(node)) {
      const field = section.fields[keys[name] ?? snakeCase(name)];
      const at = `${path}.${name}`;
      const told = readNote(property, 'Alertmanager') ?? 'nothing';
      const gate = field?.since ?? field?.needs ?? 'nothing';
      if (told !== gate) yield `${at}: the API says ${told}, the gate ${gate}`;
      if (field?.section !== undefined) yield* compare(property, field.section, at);
    }
  }

  const namesException = (one: string): boolean =>
    Object.keys(exceptions).some((field) => one.split(':')[0]?.endsWith(field) === true);

  it('say of receivers and of HTTP clients what the gates say', () => {
    const receivers = (alertmanagerConfigSpec as Node).properties?.['receivers'] ?? {};
    const http = (alertmanagerGlobalConfig as Node).properties?.['httpConfig'] ?? {};
    const wrong = [...compare(receivers, receiver, 'receivers'), ...compare(http, httpConfig, 'global.httpConfig')];
    assert.deepEqual(
      wrong.filter((one) => !namesException(one)),
      [],
    );
    const unused = Object.keys(exceptions).filter((field) => !wrong.some((one) => one.includes(`${field}:`)));
    assert.deepEqual(unused, [], 'exceptions that nothing needs');
  });

  it('say of global settings what their check says', () => {
    const { properties = {} } = alertmanagerGlobalConfig as Node;
    const refused = (name: string, version: string): boolean => {
      const assets = new AssetStore({ secrets: [], configMaps: [] });
      const scope = { assets, regexps: new RegexpCache(), namespace: 'a', version: Version.parse(version) };
      const value = properties[name]?.properties === undefined ? 'http://a' : {};
      return [...checkGlobalConfig({ [name]: value }, [], scope)].some((one) => one?.reason === 'UnsupportedVersion');
    };
    for (const [name, node] of Object.entries(properties)) {
      const since = readNote(node, 'Alertmanager');
      assert.equal(refused(name, before(since ?? '0.1.0')), since !== undefined, `${name} before ${since}`);
      if (since !== undefined) assert.equal(refused(name, since), false, `${name} in ${since}`);
    }
  });
});

describe('the notes of the API on versions of Thanos', () => {
  const values: Readonly<Record<string, ThanosRulerSpec>> = {
    enableFeatures: { enableFeatures: ['a'] },
    'grpcServerTlsConfig.cipherSuites': { grpcServerTlsConfig: { cipherSuites: ['a'] } },
    'grpcServerTlsConfig.curves': { grpcServerTlsConfig: { curves: ['a'] } },
    'grpcServerTlsConfig.minVersion': { grpcServerTlsConfig: { minVersion: 'TLS12' } },
    remoteWrite: { remoteWrite: [{ url: 'http://a' }] },
    ruleConcurrentEval: { ruleConcurrentEval: 2 },
    ruleGracePeriod: { ruleGracePeriod: '1m' },
    ruleOutageTolerance: { ruleOutageTolerance: '1h' },
    ruleQueryOffset: { ruleQueryOffset: '1m' },
    web: { web: { tlsConfig: { certFile: '/c', keyFile: '/k' } } },
  };

  function listNotes({ properties = {} }: Node, parent = ''): [string, string][] {
    return Object.entries(properties).flatMap(([name, node]) => {
      const since = readNote(node, 'Thanos');
      const own: [string, string][] = since === undefined ? [] : [[`${parent}${name}`, since]];
      return [...own, ...listNotes(node, `${parent}${name}.`)];
    });
  }

  const notes = listNotes(thanosRulerSpec as Node);

  it('are those of the fields that are tried', () => {
    assert.deepEqual(notes.map(([field]) => field).sort(), Object.keys(values));
  });

  for (const [field, since] of notes) {
    it(`say from when on a ThanosRuler has ${field}`, () => {
      const changes = (version: string): boolean =>
        JSON.stringify(makeRulerSet({ ...values[field], version })) !== JSON.stringify(makeRulerSet({ version }));
      assert.deepEqual([changes(before(since)), changes(since)], [false, true]);
    });
  }
});

describe('the notes of the API on rules', () => {
  const { groups } = (prometheusRuleSpec as Node).properties ?? {};
  const group = groups?.items?.properties ?? {};
  const rule = group['rules']?.items?.properties ?? {};

  function isKept(field: string, isOfRule: boolean, version: string, format: RuleFormat): boolean {
    const found = { [field]: field === 'labels' ? { a: 'b' } : field === 'limit' ? 1 : '1m' };
    const rules = [{ alert: 'a', expr: 'up', ...(isOfRule ? found : {}) }];
    const spec = { groups: [{ name: 'g', rules, ...(isOfRule ? {} : found) }] };
    const context = { ...makeContext(), format, version: Version.parse(version) };
    return isDeepStrictEqual(dropUnsupported(spec, context, []), spec);
  }

  for (const [format, program] of [
    ['prometheus', 'Prometheus'],
    ['thanos', 'Thanos'],
  ] as const)
    for (const [properties, isOfRule] of [
      [group, false],
      [rule, true],
    ] as const)
      for (const [field, node] of Object.entries(properties)) {
        const since = readNote(node, program);
        if (since === undefined) continue;
        it(`say from when on ${program} reads ${field}`, () => {
          const kept = [before(since), since].map((version) => isKept(field, isOfRule, version, format));
          assert.deepEqual(kept, [false, true]);
        });
      }
});
