import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, it } from 'node:test';
import type { Instruction, JSONInstruction, Label } from 'dockerfile-ast';
import { DockerfileParser } from 'dockerfile-ast';
import { userId } from '../../src/operator/install/defaults.ts';
import { version } from '../../src/operator/version.ts';

const root = join(import.meta.dirname, '..', '..');
const dockerfile = DockerfileParser.parse(readFileSync(join(root, 'Dockerfile'), 'utf8'));
const instructions = dockerfile.getInstructions();

const named = (keyword: string): Instruction[] =>
  instructions.filter((instruction) => instruction.getKeyword() === keyword);
const argumentsOf = (instruction: Instruction): string[] =>
  instruction.getArguments().map((argument) => argument.getValue());
/** What belongs to the image that is shipped: everything from the last FROM on. */
const last = instructions.slice(instructions.findLastIndex((instruction) => instruction.getKeyword() === 'FROM'));
const lastNamed = (keyword: string): Instruction[] =>
  last.filter((instruction) => instruction.getKeyword() === keyword);

/** The scripts that the build runs, with all that they import. */
function followImports(script: string, seen = new Set<string>()): Set<string> {
  if (seen.has(script)) return seen;
  seen.add(script);
  const imports = readFileSync(join(root, script), 'utf8').matchAll(/^import .* from '(\.[^']+)';$/gm);
  for (const [, target = ''] of imports) followImports(normalize(join(dirname(script), target)), seen);
  return seen;
}

describe('the Dockerfile', () => {
  it('pins its base to an exact version, and ships nothing of it but what is copied', () => {
    const [base, shipped, ...more] = dockerfile.getFROMs();
    assert.match(base?.getImage() ?? '', /^node:\d+\.\d+\.\d+-[a-z]+-slim$/);
    assert.equal(shipped?.getImage(), 'scratch');
    assert.deepEqual(more, []);
  });

  it('names the same base in the labels of the image, and the version of the package', () => {
    const labels = (named('LABEL') as Label[]).flatMap((label) => label.getProperties());
    const texts = Object.fromEntries(labels.map((label) => [label.getName(), label.getValue() ?? '']));
    const base = dockerfile.getFROMs()[0]?.getImage() ?? '';
    assert.equal(texts['org.opencontainers.image.base.name'], `docker.io/library/${base}`);
    assert.equal(texts['org.opencontainers.image.version'], version);
    for (const name of ['title', 'description', 'revision', 'licenses']) {
      assert.ok(texts[`org.opencontainers.image.${name}`], name);
    }
  });

  it('runs as the user of the manifests, who is not root', () => {
    const users = lastNamed('USER').map((instruction) => argumentsOf(instruction).join(' '));
    assert.deepEqual(users, [`${userId}:${userId}`]);
  });

  it('has one ENTRYPOINT and one CMD, both without a shell', () => {
    const commands = [...lastNamed('ENTRYPOINT'), ...lastNamed('CMD')] as JSONInstruction[];
    assert.deepEqual(
      commands.map((command) => command.getJSONStrings().map((text) => text.getJSONValue())),
      [['/usr/local/bin/node', '--max-semi-space-size=8', '/stoker/stoker.mjs'], ['run']],
    );
    assert.equal(instructions.filter((one) => ['ENTRYPOINT', 'CMD'].includes(one.getKeyword())).length, 2);
  });

  it('uses no ADD, no SHELL, no RUN in the image that is shipped, and no file that apt left', () => {
    assert.deepEqual([...named('ADD'), ...named('SHELL'), ...lastNamed('RUN')], []);
    const commands = named('RUN').map((instruction) => argumentsOf(instruction).join(' '));
    assert.ok(!commands.some((command) => /apt|curl|wget|sudo/.test(command)), commands.join());
    assert.ok(commands.some((command) => command.startsWith('npm ci ')));
  });

  it('copies what exists, what .dockerignore lets in, and every script that the build runs', () => {
    const copied = named('COPY')
      .filter((instruction) => !lastNamed('COPY').includes(instruction))
      .flatMap((instruction) => argumentsOf(instruction).slice(0, -1));
    assert.deepEqual(
      copied.filter((path) => !existsSync(join(root, path))),
      [],
    );
    assert.ok(!copied.includes('.'));
    const rules = readFileSync(join(root, '.dockerignore'), 'utf8').trim().split('\n');
    const [all, ...kept] = rules;
    assert.equal(all, '*');
    const patterns = kept.map(
      (rule) => new RegExp(`^${rule.slice(1).replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`),
    );
    assert.deepEqual(
      copied.filter((path) => !patterns.some((pattern) => pattern.test(path))),
      [],
    );
    const scripts = copied.filter((path) => path.startsWith('scripts/'));
    const needed = [...followImports('scripts/image.mjs'), ...followImports('scripts/build.mjs')];
    assert.deepEqual([...new Set(needed)].sort(), scripts.sort());
  });

  it('is built by a Node that the package takes', () => {
    const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { engines: { node: string } };
    assert.equal(engines.node, '>=20.19');
    const major = /^node:(\d+)/.exec(dockerfile.getFROMs()[0]?.getImage() ?? '')?.[1];
    // Odd versions never become LTS.
    assert.ok(Number(major) >= 20 && Number(major) % 2 === 0, major);
  });

  it('has no file beside it that says something else', () => {
    const others = readdirSync(root).filter((name) => /^(?:Dockerfile|Containerfile)/.test(name));
    assert.deepEqual(others, ['Dockerfile'], relative('.', root));
  });
});
