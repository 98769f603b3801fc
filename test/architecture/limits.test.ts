import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { listLayers, readLimits } from '../../scripts/generate/limits-docs.ts';

const root = fileURLToPath(new URL('../../src', import.meta.url));
const limits = (await Promise.all(listLayers().map(readLimits))).flat();

/** Names of what bounds something, as far as names tell. */
const word =
  '(?:Ms|Seconds|Bytes|Characters|PerSecond|Limit|Depth|Retries|Tries|Burst|Timeout)$|^(?:max|min|most|least|longest|shortest|deepest|largest|smallest)[A-Z]|^(?:qps|burst|tries|retries|parallel|depth|patience|timeout|deepest|enough)$';
const isBound = (name: string): boolean => new RegExp(word).test(name);

const literal = String.raw`-?\d[\d_.]*(?:\s*\*{1,2}\s*\d[\d_.]*)*`;
/** `const NAME = 5 * 60_000;` outside of functions. */
const constant = new RegExp(String.raw`^(?:export )?const (\w+)(?:: number)? = ${literal};`, 'gm');
/** `{ NAME: 800 }` and `{ NAME = 800 }`. */
const member = new RegExp(String.raw`[{,(]\s*(\w+)(?:\??:| =) ${literal}\s*[,})]`, 'g');

/** Numbers that bound nothing of ours, by the beginning of their path, and what they are. */
const elsewhere: Readonly<Record<string, string>> = {
  'api/': 'bounds of fields, in the schemas and so in docs/api.md',
  'base/durations.ts': 'units of time',
  'base/fake-clock.ts': 'a clock for tests',
  'base/yaml-writer.ts': 'the format of YAML',
  'core/prometheus-config/': "Prometheus' own defaults and bounds",
  'core/alertmanager-config/': "Alertmanager's own defaults and bounds",
  'core/render/': 'what stands in objects and configurations',
  'operator/install/': 'what stands in the objects of an installation',
  'operator/options/': 'defaults of flags, in docs/flags.md',
  'sandbox/strategies/': "Kubernetes' own defaults",
};

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.split(sep).join('/'));

function listStrays(text: string): string[] {
  const code = text.replaceAll(/\/\*\*[^]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
  const found = [...code.matchAll(constant), ...code.matchAll(member)];
  return found.filter(([all, name = '']) => isBound(name) && !/[:=] 0\s*\W?$/.test(all)).map(([all]) => all.trim());
}

describe('limits', () => {
  it('say what they bound and why', () => {
    assert.ok(limits.length > 100, `${limits.length} limits`);
    for (const { layer, name, value, reason } of limits) {
      assert.ok(Number.isFinite(value) && value > 0, `src/${layer}/limits.ts: ${name} is ${value}`);
      assert.match(reason, /^\S.{20,}[.…]$/, `src/${layer}/limits.ts: ${name} needs a sentence`);
    }
  });

  it('are all listed in docs/limits.md', () => {
    const page = readFileSync(new URL('../../docs/limits.md', import.meta.url), 'utf8');
    for (const { layer, name } of limits) {
      const section = page.split(/^## /m).find((one) => one.startsWith(`src/${layer}\n`)) ?? '';
      assert.ok(section.includes(`| \`${name}\` | `), `src/${layer}/limits.ts: ${name} is not in docs/limits.md`);
    }
  });

  it('stand in the limits.ts of their layer, and nowhere else', () => {
    for (const file of files) {
      if (/^\w+\/limits\.ts$/.test(file) || Object.keys(elsewhere).some((path) => file.startsWith(path))) continue;
      const strays = listStrays(readFileSync(join(root, file), 'utf8'));
      const layer = file.split('/')[0] ?? '';
      assert.deepEqual(strays, [], `src/${file} has a bound of its own: give it a name in src/${layer}/limits.ts`);
    }
  });

  it('would be found elsewhere', () => {
    assert.equal(listStrays('const retryMs = 5 * 60_000;\n').length, 1);
    assert.equal(listStrays('export const maxEntries = 4096;').length, 1);
    assert.equal(listStrays('const retry = new Backoff({ initialMs: 800, maxMs: 30_000, random });').length, 1);
    assert.equal(listStrays('const { requestTimeoutMs = 60_000 } = options;').length, 1);
    assert.deepEqual(listStrays('const port = 8080;\nconst waits = { initialMs: firstMs, maxMs: 0 };'), []);
  });
});
