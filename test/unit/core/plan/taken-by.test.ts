import assert from 'node:assert/strict';
import { it } from 'node:test';
import { judgeMount } from '../../../../src/core/plan/taken-by.ts';
import type { PodTemplate } from '../../../../src/core/render/shared/rendered-objects.ts';

const template: PodTemplate = {
  metadata: {},
  spec: {
    volumes: [
      { name: 'config', secret: { secretName: 'config' } },
      { name: 'web', secret: { secretName: 'web' } },
      { name: 'both', secret: { secretName: 'both' } },
      { name: 'rules', configMap: { name: 'rules' } },
      { name: 'tls', projected: { sources: [{ secret: { name: 'tls-0' } }, { configMap: { name: 'ca' } }] } },
      { name: 'idle', secret: { secretName: 'idle' } },
    ],
    initContainers: [{ name: 'init', volumeMounts: [{ name: 'both', mountPath: '/b' }] }],
    containers: [
      {
        name: 'prometheus',
        volumeMounts: [
          { name: 'config', mountPath: '/c' },
          { name: 'web', mountPath: '/w/web.yaml', subPath: 'web.yaml' },
          { name: 'both', mountPath: '/x/b.yaml', subPath: 'b.yaml' },
          { name: 'rules', mountPath: '/r' },
          { name: 'tls', mountPath: '/t' },
        ],
      },
    ],
  },
};

const cases = [
  ['Secret', 'config', 'reload'],
  ['Secret', 'web', 'next-start'],
  ['Secret', 'both', 'reload'],
  ['Secret', 'tls-0', 'reload'],
  ['ConfigMap', 'ca', 'reload'],
  ['ConfigMap', 'rules', 'reload'],
  ['Secret', 'rules', 'none'],
  ['Secret', 'idle', 'none'],
  ['Secret', 'other', 'none'],
] as const;

for (const [kind, name, expected] of cases)
  it(`running pods take ${kind} ${name}: ${expected}`, () => assert.equal(judgeMount(template, kind, name), expected));
