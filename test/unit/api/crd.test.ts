import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { renderCRD, renderSchema } from '../../../src/api/crd.ts';
import { customKinds } from '../../../src/api/kinds.ts';
import { int32, object, optional, refine, required, text } from '../../../src/api/schema.ts';
import type { Static } from '../../../src/api/schema.ts';
import { ruleObjects } from './rule-objects.ts';
import { Validator } from '../../../src/api/validate.ts';

interface Node {
  readonly description?: string;
  readonly properties?: Record<string, Node>;
  readonly items?: Node;
}

describe('a field', () => {
  const spec = object({
    size: required(int32, 'How big it is.', { minimum: 1 }),
    name: optional(text, 'What it is called.', { since: 'Prometheus 2.47.0', deprecated: 'use size', default: 'a' }),
  });

  it('is one definition: static type, schema, default, description', () => {
    const value: Static<typeof spec> = { size: 1 };
    assert.deepEqual(value, { size: 1 });
    assert.deepEqual(renderSchema(spec), {
      type: 'object',
      required: ['size'],
      properties: {
        name: {
          description: 'What it is called. Needs Prometheus 2.47.0 or newer. Deprecated: use size.',
          type: 'string',
          default: 'a',
        },
        size: { description: 'How big it is.', type: 'integer', format: 'int32', minimum: 1 },
      },
    });
  });

  it('leaves the schema it is made from as it is', () => {
    const before = JSON.stringify(text);
    refine(text, { pattern: 'x' });
    optional(text, 'A description.');
    assert.equal(JSON.stringify(text), before);
  });
});

describe('the CRDs', () => {
  it('are those of the ten kinds', () => {
    assert.deepEqual(
      customKinds.map(({ type, shortName }) => `${type.plural} ${type.version} ${shortName}`),
      [
        'alertmanagerconfigs v1alpha1 amcfg',
        'alertmanagers v1 am',
        'podmonitors v1 pmon',
        'probes v1 prb',
        'prometheuses v1 prom',
        'prometheusagents v1alpha1 promagent',
        'prometheusrules v1 promrule',
        'scrapeconfigs v1alpha1 scfg',
        'servicemonitors v1 smon',
        'thanosrulers v1 ruler',
      ],
    );
  });

  it('of the slim set fit the annotation of client-side apply', () => {
    const tooBig = customKinds
      .map((kind) => ({ name: kind.type.plural, bytes: Buffer.byteLength(JSON.stringify(renderCRD(kind))) }))
      .filter(({ bytes }) => bytes > 262_144 - 1024);
    assert.deepEqual(tooBig, []);
  });

  it('have one stored version, and v1beta1 of AlertmanagerConfig in the full set only', () => {
    const list = (set: 'slim' | 'full'): string[] =>
      customKinds.flatMap((kind) => {
        const { spec } = renderCRD(kind, set) as { spec: { versions: { name: string; storage: boolean }[] } };
        assert.equal(spec.versions.filter((one) => one.storage).length, 1);
        return spec.versions.map((one) => `${kind.type.kind}/${one.name}`);
      });
    assert.deepEqual(
      list('full').filter((one) => !list('slim').includes(one)),
      ['AlertmanagerConfig/v1beta1'],
    );
  });

  it('describe every field of ours', () => {
    const missing: string[] = [];
    const visit = (path: string, node: Node): void => {
      const described = Object.values(node.properties ?? {}).filter((one) => one.description !== undefined);
      for (const [name, inner] of Object.entries(node.properties ?? {})) {
        // Embedded core types are described by Kubernetes: none of their fields is described here.
        if (inner.description === undefined && described.length > 0 && name !== 'metadata')
          missing.push(`${path}.${name}`);
        visit(`${path}.${name}`, inner);
      }
      if (node.items !== undefined) visit(`${path}[]`, node.items);
    };
    for (const { type, versions } of customKinds) {
      for (const { version, schema } of versions) visit(`${type.kind} ${version}`, renderSchema(schema));
    }
    assert.deepEqual(missing, []);
  });

  it('have rules that hold and break as they should', () => {
    const validator = new Validator();
    for (const { kind, version, object: resource, damage } of ruleObjects) {
      const reasons = validator.validate({ kind, version }, resource).map((one) => one.reason);
      assert.deepEqual(reasons, damage === undefined ? [] : ['RuleBroken'], JSON.stringify(resource));
    }
  });
});
