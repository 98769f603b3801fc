import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ApiObject, ObjectName, ResourceName } from '../../../../src/sandbox/api.ts';
import { findMissing } from '../../../../src/sandbox/controllers/kubelet/references.ts';
import type { PodSpec } from '../../../../src/sandbox/controllers/shapes.ts';
import { renderMember } from './objects.ts';

/** An API that knows objects by "plural/name". */
function createReader(objects: Readonly<Record<string, object>>) {
  return {
    get: ({ plural }: ResourceName, { name }: ObjectName): ApiObject | undefined => {
      const found = objects[`${plural}/${name}`];
      return found === undefined ? undefined : { apiVersion: 'v1', kind: plural, metadata: { name }, ...found };
    },
  };
}

function missing(spec: Partial<PodSpec>, objects: Readonly<Record<string, object>> = {}): string | undefined {
  const pod = renderMember('web-0');
  const found = findMissing(createReader(objects), { ...pod, spec: { ...pod.spec, ...spec } });
  return found === undefined ? undefined : `${found.reason} ${found.waiting}: ${found.message}`;
}

describe('what a Pod refers to', () => {
  it('is nothing for a plain Pod', () => {
    assert.equal(missing({}), undefined);
  });

  it('must be there: Secret and ConfigMap volumes, also projected ones', () => {
    const secret = { name: 'v', secret: { secretName: 's' } };
    assert.equal(
      missing({ volumes: [secret] }),
      'FailedMount ContainerCreating: Cannot set up volume "v": secret "s" not found',
    );
    assert.equal(missing({ volumes: [secret] }, { 'secrets/s': {} }), undefined);
    const projected = { name: 'v', projected: { sources: [{ configMap: { name: 'c' } }] } };
    assert.match(missing({ volumes: [projected] }) ?? '', /configmap "c" not found/);
  });

  it('must have the keys that are named', () => {
    const volumes = [{ name: 'v', secret: { secretName: 's', items: [{ key: 'k', path: 'p' }] } }];
    assert.match(missing({ volumes }, { 'secrets/s': { data: {} } }) ?? '', /secret "s" has no key "k"/);
    assert.equal(missing({ volumes }, { 'secrets/s': { data: { k: 'eA==' } } }), undefined);
  });

  it('may be missing when it is optional', () => {
    assert.equal(missing({ volumes: [{ name: 'v', secret: { secretName: 's', optional: true } }] }), undefined);
  });

  it('must be bound when it is a claim', () => {
    const volumes = [{ name: 'v', persistentVolumeClaim: { claimName: 'c' } }];
    const claim = (phase: string) => ({ 'persistentvolumeclaims/c': { spec: {}, status: { phase } } });
    assert.match(missing({ volumes }) ?? '', /claim "c" is not found/);
    assert.match(missing({ volumes }, claim('Pending')) ?? '', /claim "c" is Pending/);
    assert.equal(missing({ volumes }, claim('Bound')), undefined);
  });

  it('keeps a container from being created when an environment variable has no value', () => {
    const env = [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }];
    const containers = [{ name: 'main', env }];
    assert.equal(missing({ containers }), 'Failed CreateContainerConfigError: secret "s" not found');
    assert.equal(missing({ containers }, { 'secrets/s': { data: { k: '' } } }), undefined);
    const whole = [{ name: 'main', envFrom: [{ configMapRef: { name: 'c' } }] }];
    assert.match(missing({ containers: [], initContainers: whole }) ?? '', /configmap "c" not found/);
  });
});
