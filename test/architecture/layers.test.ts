import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findCircles } from './circles.ts';
import { listSources, readImports, readSource, resolveImport } from './imports.ts';

/** What each folder of src may import besides itself (docs: ARCHITECTURE.md, "Layers"). */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  base: [],
  api: ['base'],
  core: ['base', 'api'],
  kubernetes: ['base', 'api/meta'],
  runtime: ['base', 'api/meta', 'kubernetes'],
  discovery: [
    ...['base', 'core/prometheus-config', 'core/relabel', 'core/selectors', 'core/targets', 'core/served'],
    ...['kubernetes', 'api/meta'],
  ],
  controllers: ['base', 'api', 'core', 'kubernetes', 'runtime'],
  sandbox: ['base', 'api'],
  webhook: ['base', 'api', 'core'],
  web: ['base', 'api', 'core'],
  operator: ['base', 'api', 'core', 'kubernetes', 'runtime', 'discovery', 'controllers', 'sandbox', 'webhook', 'web'],
  cli: ['base', 'api', 'core', 'kubernetes', 'runtime', 'discovery', 'sandbox', 'webhook', 'web', 'operator'],
};

/**
 * What each room of core may import besides itself and the files right below core (ARCHITECTURE.md, "Floors of core"), from
 * the ground up; "render" is all of its rooms. The files right below core may import reasons, which stands below all.
 */
const coreFloors: Readonly<Record<string, readonly string[]>> = {
  reasons: [],
  assets: [],
  masking: [],
  promql: [],
  relabel: [],
  selectors: [],
  templates: ['promql'],
  targets: ['relabel', 'selectors'],
  'prometheus-config': ['relabel', 'selectors', 'targets'],
  series: ['promql', 'relabel', 'targets'],
  served: ['relabel', 'targets', 'prometheus-config'],
  'alertmanager-config': ['promql', 'relabel', 'templates', 'prometheus-config'],
  'render/shared': [],
  'field-checks': ['assets', 'relabel', 'render/shared'],
  'render/kubelet': ['render/shared'],
  'render/rules': ['promql', 'relabel', 'render/shared'],
  'render/prometheus': [
    ...['assets', 'relabel', 'selectors', 'targets', 'prometheus-config', 'served', 'render/shared', 'field-checks'],
  ],
  'render/alertmanager': [
    ...['assets', 'relabel', 'selectors', 'templates', 'prometheus-config', 'alertmanager-config', 'render/shared'],
    'field-checks',
  ],
  'render/thanos-ruler': [
    ...['assets', 'relabel', 'prometheus-config', 'render/shared', 'field-checks', 'render/prometheus'],
  ],
  select: ['assets', 'promql', 'relabel', 'selectors', 'templates', 'field-checks', 'render'],
  status: ['reasons', 'render'],
  loaded: ['reasons', 'promql', 'prometheus-config', 'render', 'status'],
  desired: ['assets', 'relabel', 'render', 'select', 'status'],
  kinds: ['assets', 'render', 'select', 'status', 'desired'],
  manifests: ['assets', 'targets', 'select', 'desired', 'kinds'],
  disruption: ['reasons', 'render', 'desired'],
  plan: [
    ...['reasons', 'relabel', 'targets', 'prometheus-config', 'render', 'status', 'desired', 'kinds', 'manifests'],
    'disruption',
  ],
  routing: [
    'reasons',
    'promql',
    'relabel',
    'prometheus-config',
    'alertmanager-config',
    'render/alertmanager',
    'render/rules',
    'desired',
    'kinds',
    'manifests',
  ],
  'rule-series': ['promql', 'targets', 'prometheus-config', 'series', 'render/rules', 'render/prometheus'],
  check: [
    ...[
      'reasons',
      'assets',
      'promql',
      'relabel',
      'targets',
      'prometheus-config',
      'series',
      'field-checks',
      'render',
      'select',
    ],
    ...['status', 'desired', 'kinds', 'manifests', 'rule-series'],
  ],
  explain: [
    'reasons',
    'assets',
    'promql',
    'relabel',
    'selectors',
    'targets',
    'prometheus-config',
    'series',
    'rule-series',
    'loaded',
    'render',
    'select',
    'desired',
    'kinds',
    'manifests',
    'routing',
    'alertmanager-config',
  ],
  overview: ['reasons', 'assets', 'targets', 'select', 'desired', 'kinds', 'explain'],
  configuration: ['assets', 'masking', 'render', 'desired', 'explain'],
};

/** Third-party packages sit each in one place: a folder or file below src. */
const packageHomes: Readonly<Record<string, readonly string[]>> = {
  'js-yaml': ['base/yaml', 'base/yaml-positions'],
  '@kubernetes/client-node': ['kubernetes/client'],
  undici: ['kubernetes/client'],
  winston: ['operator/log'],
  '@dot-i/k8s-operator': ['operator/process'],
  '@modelcontextprotocol/server': ['cli/mcp'],
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

const isBelow = (path: string, folder: string): boolean =>
  path === `${folder}.ts` || path === folder || path.startsWith(`${folder}/`) || path.startsWith(`${folder}.`);

const sources = listSources();
const imports = sources.flatMap(readImports);
const rooms = Object.keys(coreFloors).sort((a, b) => b.length - a.length);

/** The room of core that a file is in: undefined outside of core, "" right below it, its folder when it has no floor yet. */
function roomOf(file: string): string | undefined {
  if (!file.startsWith('core/')) return undefined;
  const path = file.slice('core/'.length);
  if (!path.includes('/')) return '';
  return rooms.find((room) => path.startsWith(`${room}/`)) ?? path.split('/')[0];
}

/** Node's timers hold 31 bits and cannot be turned by tests: they are made in one file. */
const clockFile = 'base/clock.ts';
const timers = /\b(?:setTimeout|setInterval)\s*\(|\bAbortSignal\.timeout\b|['"](?:node:)?timers(?:\/promises)?['"]/;

describe('timers', () => {
  it('all go through the clock', () => {
    assert.match(readSource(clockFile), timers, `${clockFile} is where timers are made`);
    for (const file of sources.filter((one) => one !== clockFile)) {
      const lines = readSource(file).split('\n');
      const at = lines.findIndex((line) => timers.test(line));
      assert.equal(at, -1, `src/${file}:${at + 1} makes a timer: use Clock.schedule, sleep or createTimeoutSignal`);
    }
  });
});

describe('layers', () => {
  it('imports point down only', () => {
    const wrong: string[] = [];
    for (const one of imports) {
      const { file } = one;
      const layer = file.split('/')[0] ?? '';
      const path = resolveImport(one);
      if (file === 'main.ts' || path === undefined || path.startsWith(`${layer}/`)) continue;
      const allowed = mayImport[layer] ?? [];
      if (!allowed.some((folder) => isBelow(path, folder))) {
        wrong.push(`src/${file} imports ${path}: ${layer} may import only ${allowed.join(', ') || 'nothing'}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('imports inside core point down, too', () => {
    const wrong: string[] = [];
    for (const one of imports) {
      const [from, path = ''] = [roomOf(one.file), resolveImport(one)];
      const to = roomOf(path);
      if (from === undefined || to === undefined || to === '' || to === from) continue;
      const allowed = from === '' ? ['reasons'] : coreFloors[from];
      if (allowed === undefined) wrong.push(`src/core/${from} has no floor: say in coreFloors what it may import`);
      else if (!allowed.some((room) => isBelow(to, room)))
        wrong.push(
          `src/${one.file} imports ${path}: core/${from || '*.ts'} may import only ${allowed.join(', ') || 'nothing'}`,
        );
    }
    assert.deepEqual(wrong, []);
  });

  it('the floors of core have an order', () => {
    const expand = (room: string): string[] =>
      room === 'render' ? rooms.filter((one) => isBelow(one, 'render')) : [room];
    const graph = new Map(Object.entries(coreFloors).map(([room, below]) => [room, below.flatMap(expand)]));
    assert.deepEqual(findCircles(graph), []);
  });

  it('no files import each other in a circle, types included', () => {
    const graph = new Map(sources.map((file) => [file, readImports(file).flatMap((one) => resolveImport(one) ?? [])]));
    assert.deepEqual(findCircles(graph), []);
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
        const code = readSource(file).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
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
