import assert from 'node:assert/strict';
import { Version } from '../../src/base/version.ts';
import { parseYaml, parseYamlVerbatim } from '../../src/base/yaml.ts';
import { sanitizeConfig, writeConfig } from '../../src/core/render/alertmanager/config/document.ts';
import { describeCases } from './cases.ts';

interface Input {
  readonly input: string;
  readonly version: string;
}

describeCases<Input, string>('alertmanager-sanitize', ({ input, error, output }) => {
  const sanitize = (): string => {
    const version = Version.parse(input.version);
    return writeConfig(sanitizeConfig(parseYamlVerbatim(input.input), { version, warn: () => undefined }), []);
  };
  if (error !== null) {
    assert.throws(sanitize, { name: 'ConfigFault' }, `reference: ${error}`);
    return;
  }
  const [ours, theirs] = [parseYaml(sanitize()), parseYaml(output)];
  assert.deepEqual(ours, theirs);
  assert.equal(JSON.stringify(ours), JSON.stringify(theirs), 'the order of keys differs');
});
