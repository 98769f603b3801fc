import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { parseYamlDocuments } from '../../src/base/yaml.ts';
import { invoke } from './invoke.ts';

describe('stoker', () => {
  it('--help teaches: commands, exit codes, where to start', async () => {
    const { code, stdout } = await invoke('--help');
    assert.equal(code, 0);
    for (const word of ['run', 'render', 'crds', 'sandbox', 'Exit codes', 'npm start'])
      assert.match(stdout, new RegExp(word));
  });

  it('an unknown command ends with 2 and names the nearest one', async () => {
    const { code, stderr } = await invoke('rendr', 'x');
    assert.equal(code, 2);
    assert.match(stderr, /unknown command 'rendr'[\s\S]*Did you mean render/);
  });

  it('crds prints the ten definitions', async () => {
    const { code, stdout } = await invoke('crds');
    const names = parseYamlDocuments(stdout).map((crd) => (crd as { metadata: { name: string } }).metadata.name);
    assert.equal(code, 0);
    assert.equal(names.length, 10);
    assert.ok(names.includes('prometheuses.monitoring.coreos.com'));
  });

  it('crds -o json is one List', async () => {
    const { stdout } = await invoke('crds', '-o', 'json');
    assert.equal((JSON.parse(stdout) as { kind: string }).kind, 'List');
  });
});

describe('stoker run', () => {
  it('--version and --short-version print and end, written Go’s way', async () => {
    const { version } = (await import('../../package.json', { with: { type: 'json' } })).default;
    assert.deepEqual(await invoke('run', '-short-version'), { code: 0, stdout: `${version}\n`, stderr: '' });
    assert.match((await invoke('run', '--version')).stdout, new RegExp(`^stoker ${version} \\(node `));
  });

  it('a flag that cannot be read ends with 2, one line, naming flag and value', async () => {
    const { code, stderr } = await invoke('run', '--labels', 'x');
    assert.equal(code, 2);
    assert.equal(stderr, 'stoker: Cannot read --labels: "x" is not of the form key=value\n');
  });

  it('allow and deny list together end with 1', async () => {
    const { code, stderr } = await invoke('run', '--namespaces=a', '--deny-namespaces=b');
    assert.equal(code, 1);
    assert.match(stderr, /--namespaces together with --deny-namespaces/);
  });

  it('an unknown gate ends with 1, an unknown flag with 2 and the nearest name', async () => {
    assert.equal((await invoke('run', '--feature-gates=Nonsense=true')).code, 1);
    const unknown = await invoke('run', '--namespace=a');
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /Did you mean --namespaces/);
  });

  it('a kubeconfig that is not there ends with 1 and is named', async () => {
    const { code, stderr } = await invoke('run', '--kubeconfig=/nowhere/config', '--log-level=none');
    assert.equal(code, 1);
    assert.match(stderr, /\/nowhere\/config/);
  });
});

describe('stoker completion', () => {
  it('bash completes commands and their options', async () => {
    const { stdout } = await invoke('completion', 'bash');
    const script = `${stdout}\nCOMP_WORDS=(stoker ren); COMP_CWORD=1; _stoker; echo "\${COMPREPLY[@]}"\nCOMP_WORDS=(stoker run --leader-elect-n); COMP_CWORD=2; _stoker; echo "\${COMPREPLY[@]}"`;
    const shell = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
    assert.equal(shell.stdout, 'render\n--leader-elect-namespace --leader-elect-name\n');
  });

  it('zsh gets a script of its own, other shells a clear word', async () => {
    assert.match((await invoke('completion', 'zsh')).stdout, /^#compdef stoker/);
    const fish = await invoke('completion', 'fish');
    assert.equal(fish.code, 2);
    assert.match(fish.stderr, /Cannot complete for "fish"/);
  });
});
