import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Version } from '../../../../src/base/version.ts';
import { checkTemplateFile } from '../../../../src/core/templates/notification.ts';

const check = (text: string, version: string): void => checkTemplateFile(text, Version.parse(version));

describe('files with templates of notifications', () => {
  it('may use the functions of their Alertmanager', () => {
    check('{{ define "a" }}{{ .CommonLabels.SortedPairs | len }}{{ toUpper .Status }}{{ end }}', '0.25.0');
    check(
      '{{ define "a" }}{{ range list 1 2 }}{{ . | toJson }}{{ end }}{{ addDuration now "-30m" }}{{ end }}',
      '0.35.0',
    );
    check('no template at all', '0.35.0');
  });

  it('may not use those of a later one, or of Prometheus', () => {
    assert.throws(() => check('{{ now }}', '0.32.0'), /function "now" is unknown/);
    assert.throws(() => check('{{ humanize 1 }}', '0.35.0'), /function "humanize" is unknown/);
    assert.throws(() => check('{{ $labels.a }}', '0.35.0'), /variable "\$labels" is unknown/);
  });
});
