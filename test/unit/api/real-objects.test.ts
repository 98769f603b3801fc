import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { loadAll } from 'js-yaml';
import { sharedFolder, skipWithoutShared } from '../../shared-material.ts';
import { Validator } from '../../../src/api/validate.ts';

const folder = join(sharedFolder, 'real', 'kube-prometheus', 'input');
const skip = skipWithoutShared('real/kube-prometheus');

describe('manifests from the field', { skip }, () => {
  it('are accepted without a word', () => {
    const validator = new Validator();
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
    let checked = 0;
    for (const file of files) {
      for (const object of loadAll(readFileSync(join(folder, file), 'utf8'))) {
        const { kind, apiVersion } = object as { kind: string; apiVersion: string };
        const type = { kind, version: apiVersion.split('/')[1] ?? '' };
        if (!apiVersion.startsWith('monitoring.coreos.com/')) continue;
        assert.ok(validator.knows(type), `${file}: ${kind} ${type.version} is unknown`);
        assert.deepEqual(validator.validate(type, object), [], file);
        checked += 1;
      }
    }
    assert.ok(checked > 20, `only ${checked} objects of ours were found`);
  });
});
