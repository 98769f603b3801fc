import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LabelSet } from '../../../../src/core/relabel/label-set.ts';
import { buildTargetUrl } from '../../../../src/core/targets/target-url.ts';
import { plainJob } from './job.ts';

type Labels = Readonly<Record<string, string>>;

const write = (labels: Labels, params: Readonly<Record<string, readonly string[]>> = {}): string =>
  buildTargetUrl(
    { ...plainJob, params: new Map(Object.entries(params)) },
    LabelSet.from({ __scheme__: 'http', __address__: 'h:1', __metrics_path__: '/metrics', ...labels }),
  );

describe('buildTargetUrl', () => {
  it('replaces the first value of a configured param and adds others', () => {
    const url = write({ __param_abc: 'overwrite', __param_cde: 'huu' }, { abc: ['foo', 'bar', 'baz'], xyz: ['hoo'] });
    assert.equal(url, 'http://h:1/metrics?abc=overwrite&abc=bar&abc=baz&cde=huu&xyz=hoo');
  });

  it('keeps configured params that relabelling has deleted', () => {
    assert.equal(write({}, { module: ['a b', 'c&d'] }), 'http://h:1/metrics?module=a+b&module=c%26d');
  });

  it('escapes paths, hosts and queries as Go does', () => {
    assert.equal(write({ __metrics_path__: "/a b?%!*'()" }), 'http://h:1/a%20b%3F%25%21%2A%27%28%29');
    assert.equal(write({ __address__: 'a b%[::1]:80' }), 'http://a%20b%25[::1]:80/metrics');
    assert.equal(write({ __param_u: 'é/~' }), 'http://h:1/metrics?u=%C3%A9%2F~');
  });

  it('adds a missing slash and prints nothing for an empty path', () => {
    assert.equal(write({ __metrics_path__: 'x' }), 'http://h:1/x');
    assert.equal(write({ __metrics_path__: '' }), 'http://h:1');
  });

  it('begins with two slashes when there is no scheme', () => {
    assert.equal(write({ __scheme__: '' }), '//h:1/metrics');
  });
});
