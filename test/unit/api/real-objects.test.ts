import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadAll } from 'js-yaml';
import { Validator } from '../../../src/api/validate.ts';

const folder = fileURLToPath(new URL('../../../../shared/real/kube-prometheus/input/', import.meta.url));
const skip = existsSync(folder)
  ? false
  : 'no folder ../shared/real/kube-prometheus with manifests next to the repository';

describe('manifests from the field', { skip }, () => {
  it('are accepted without a word', () => {
    const validator = new Validator();
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
    let checked = 0;
    for (const file of files) {
      for (const object of loadAll(readFileSync(`${folder}${file}`, 'utf8'))) {
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
