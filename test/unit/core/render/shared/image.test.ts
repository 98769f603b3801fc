import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TerminalError } from '../../../../../src/base/errors.ts';
import { resolveImage } from '../../../../../src/core/render/shared/image.ts';

const base = 'quay.io/prometheus/prometheus';

describe('resolveImage', () => {
  it('takes an image of the spec as it is', () => {
    assert.equal(resolveImage({ image: 'My/Odd image', base, sha: 'abc', version: 'v1' }), 'My/Odd image');
    assert.equal(resolveImage({ image: '  ', base, version: 'v1' }), `${base}:v1`);
  });

  it('prefers digest to tag and tag to version', () => {
    assert.equal(resolveImage({ base, version: 'v1', tag: 't', sha: 'abc' }), `${base}@sha256:abc`);
    assert.equal(resolveImage({ base, version: 'v1', tag: 't' }), `${base}:t`);
    assert.equal(resolveImage({ base, version: 'v1' }), `${base}:v1`);
  });

  it('writes short names out where a tag is put behind them', () => {
    assert.equal(resolveImage({ base: 'prometheus', tag: 't' }), 'docker.io/library/prometheus:t');
    assert.equal(resolveImage({ base: 'prom/prometheus', tag: 't' }), 'docker.io/prom/prometheus:t');
    assert.equal(resolveImage({ base: 'localhost/prometheus', tag: 't' }), 'localhost/prometheus:t');
    assert.equal(resolveImage({ base: 'registry:5000/prometheus', tag: 't' }), 'registry:5000/prometheus:t');
  });

  it('takes a base that has a tag or digest as it is', () => {
    const digest = `${base}@sha256:${'0a'.repeat(32)}`;
    assert.equal(resolveImage({ base: `${base}:v9`, version: 'v1', sha: 'abc' }), `${base}:v9`);
    assert.equal(resolveImage({ base: digest, version: 'v1' }), digest);
    assert.equal(resolveImage({ base: 'registry:5000/a:b', version: 'v1' }), 'registry:5000/a:b');
  });

  it('says what cannot be used', () => {
    for (const wrong of ['', 'lower/Upper', 'a//b', 'a b', 'a:', 'a@sha256:short', 'https://quay.io/a', '-a']) {
      assert.throws(() => resolveImage({ base: wrong, version: 'v1' }), TerminalError, wrong);
    }
    assert.throws(() => resolveImage({ base }), /set image, version, tag or sha/);
    assert.throws(() => resolveImage({ base, tag: 'no good' }), /Cannot use image tag "no good"/);
  });
});
