import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What each folder of src may import besides itself (docs: ARCHITECTURE.md, "Layers"). */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  base: [],
  api: ['base'],
  core: ['base', 'api'],
  kubernetes: ['base', 'api/meta'],
  runtime: ['base', 'api/meta', 'kubernetes'],
  discovery: ['base', 'core/prometheus-config', 'core/relabel', 'core/targets', 'kubernetes', 'api/meta'],
  controllers: ['base', 'api', 'core', 'kubernetes', 'runtime'],
  sandbox: ['base', 'api'],
  webhook: ['base', 'api', 'core'],
  web: ['base', 'api', 'core'],
  operator: ['base', 'api', 'core', 'kubernetes', 'runtime', 'discovery', 'controllers', 'sandbox', 'webhook', 'web'],
  cli: [
    'base',
    'api',
    'core',
    'kubernetes',
    'runtime',
    'discovery',
    'controllers',
    'sandbox',
    'webhook',
    'web',
    'operator',
  ],
};

/** Third-party packages sit each in one place: a folder or file below src. */
const packageHomes: Readonly<Record<string, readonly string[]>> = {
  'js-yaml': ['base/yaml', 'base/yaml-positions'],
  '@kubernetes/client-node': ['kubernetes/client'],
  undici: ['kubernetes/client'],
  winston: ['operator/log'],
  '@dot-i/k8s-operator': ['operator/process'],
  re2js: ['base/go-regexp'],
  typebox: ['api'],
  ajv: ['api'],
  '@prometheus-io/lezer-promql': ['core/promql'],
  commander: ['cli'],
  hono: ['web', 'webhook'],
  '@hono/node-server': ['web', 'webhook', 'operator'],
  'prom-client': ['operator', 'web'],
  '@peculiar/x509': ['base/certificates'],
  '@marcbachmann/cel-js': ['api', 'sandbox'],
  semver: ['base/version'],
};

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

function listSources(): string[] {
  const entries = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  return entries.filter((name) => name.endsWith('.ts')).map((name) => name.split(sep).join('/'));
}

function readImports(file: string): Import[] {
  const text = readFileSync(join(root, 'src', file), 'utf8');
  const found = text.matchAll(/^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)';/gm);
  return [...found].map(([, type, target = '']) => ({ file, target, typeOnly: type !== undefined }));
}

const isBelow = (path: string, folder: string): boolean =>
  path === `${folder}.ts` || path === folder || path.startsWith(`${folder}/`) || path.startsWith(`${folder}.`);

const sources = listSources();
const imports = sources.flatMap(readImports);

/** Node's timers hold 31 bits and cannot be turned by tests: they are made in one file. */
const clockFile = 'base/clock.ts';
const timers = /\b(?:setTimeout|setInterval)\s*\(|\bAbortSignal\.timeout\b|['"](?:node:)?timers(?:\/promises)?['"]/;

describe('timers', () => {
  it('all go through the clock', () => {
    assert.match(readFileSync(join(root, 'src', clockFile), 'utf8'), timers, `${clockFile} is where timers are made`);
    for (const file of sources.filter((one) => one !== clockFile)) {
      const lines = readFileSync(join(root, 'src', file), 'utf8').split('\n');
      const at = lines.findIndex((line) => timers.test(line));
      assert.equal(at, -1, `src/${file}:${at + 1} makes a timer: use Clock.schedule, sleep or createTimeoutSignal`);
    }
  });
});

describe('layers', () => {
  it('imports point down only', () => {
    const wrong: string[] = [];
    for (const { file, target } of imports.filter((one) => one.target.startsWith('.'))) {
      const layer = file.split('/')[0] ?? '';
      if (file === 'main.ts') continue;
      const path = relative(join(root, 'src'), join(root, 'src', dirname(file), target))
        .split(sep)
        .join('/');
      if (path.startsWith(`${layer}/`)) continue;
      const allowed = mayImport[layer] ?? [];
      if (!allowed.some((folder) => isBelow(path, folder))) {
        wrong.push(`src/${file} imports ${path}: ${layer} may import only ${allowed.join(', ') || 'nothing'}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('third-party packages sit each in one place', () => {
    const wrong: string[] = [];
    for (const { file, target, typeOnly } of imports) {
      const name = Object.keys(packageHomes).find((known) => target === known || target.startsWith(`${known}/`));
      if (target.startsWith('.') || target.startsWith('node:') || typeOnly) continue;
      const homes = name === undefined ? [] : (packageHomes[name] ?? []);
      if (name === undefined && !target.startsWith('@lezer/'))
        wrong.push(`src/${file} imports ${target}, which has no home: add it to packageHomes`);
      if (name !== undefined && !homes.some((home) => isBelow(file, home)))
        wrong.push(`src/${file} imports ${target}: its home is ${homes.join(', ')}`);
    }
    assert.deepEqual(wrong, []);
  });

  it('core is pure and synchronous', () => {
    const forbidden =
      /\basync\b|\bawait\b|\bPromise\b|\bDate\.now\b|\bMath\.random\b|\bprocess\.|\bsetTimeout\b|node:(?:fs|net|http|https|child_process|os)\b/;
    const wrong = sources
      .filter((file) => file.startsWith('core/'))
      .flatMap((file) => {
        const code = readFileSync(join(root, 'src', file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
        const found = forbidden.exec(code);
        return found === null ? [] : [`src/${file} uses ${found[0]}: core decides, it does not act or wait`];
      });
    assert.deepEqual(wrong, []);
  });

  it('no file is a junk drawer, a barrel or a default export', () => {
    const wrong = sources.filter((file) => /(^|\/)(utils?|helpers?|common|index)(\.ts|\/)/.test(file));
    assert.deepEqual(wrong, []);
  });
});
