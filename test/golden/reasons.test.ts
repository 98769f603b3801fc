import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { listedReasons } from '../../src/core/reasons/lookup.ts';
import { invoke } from '../cli/invoke.ts';
import { caseFolder, listCases } from './explain/stacks.ts';

/**
 * Examples in the table of reasons are what the program prints: reasons/REASON.yaml is a manifest of which `stoker check` or
 * `stoker render` gives that reason with that message; the cases of explain and route show others, and so does routes.yaml.
 */
const folder = join(import.meta.dirname, 'reasons');
const isManifest = (file: string): boolean => file.endsWith('.yaml');
const routes = join(folder, 'routes.yaml');
const files = readdirSync(folder)
  .filter((file) => isManifest(file) && file !== 'routes.yaml')
  .sort();
const shownByFile = new Set(files.map((file) => file.replace('.yaml', '')));

/** These need a cluster, a replica that answers, a status, or thousands of values: unit tests show that they are given. */
const notShown = [
  ...['NotLoaded', 'OutdatedConfig', 'ReplicaUnreachable', 'TargetsDown', 'TargetsMissing', 'HealthUnknown'],
  ...['RuleFileMissing', 'RuleFileOutdated', 'EndpointsMissing', 'NoTargets', 'SeriesMissing'],
  ...['ObjectTooLarge', 'NestedTooDeeply', 'TooManyReferences', 'RulesTooLarge', 'ConfigTooLarge', 'InvalidLabelValue'],
  ...['ServiceNotFound', 'ServiceSelectorMismatch', 'StorageClassNotFound'],
  ...['FieldDropped', 'FieldTooNew', 'NotSelected'],
  ...listedReasons.filter(({ code }) => code.startsWith('STK60')).map(({ reason }) => reason),
];

interface Finding {
  readonly reason: string;
  readonly code: string;
  readonly message: string;
}

/** Everything that cases of explain and route print, with lines that were broken in one again. */
function readGolden(): string {
  const routeFolder = join(import.meta.dirname, 'route');
  const cases = [
    ...listCases().map((name) => join(caseFolder, name)),
    ...readdirSync(routeFolder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [join(routeFolder, entry.name)] : [],
    ),
  ];
  return cases
    .flatMap((path) => readdirSync(path).map((file) => join(path, file)))
    .filter((file) => /\.(txt|json)$/.test(file))
    .map((file) => readFileSync(file, 'utf8').replaceAll('\\"', '"').replaceAll('",\n      "found": "', '; '))
    .join('\n');
}

describe('examples of reasons', () => {
  for (const file of files)
    it(`is what is printed: ${file}`, async () => {
      const reason = file.replace('.yaml', '');
      const entry = listedReasons.find((one) => one.reason === reason);
      assert.ok(entry?.example !== undefined, 'no such reason, or it has no example');
      const input = join(folder, file);
      const checked = await invoke('check', '-o', 'json', input);
      const found = (JSON.parse(checked.stdout) as { findings: Finding[] }).findings;
      if (found.some((one) => one.reason === reason)) {
        const same = found.filter(({ code }) => code === entry.code).map(({ message }) => message);
        assert.ok(same.includes(entry.example), same.join('\n'));
      } else {
        const { stderr } = await invoke('render', input);
        assert.ok(stderr.includes(`${entry.example} (${reason}, ${entry.code})`), stderr);
      }
    });

  let golden = '';
  before(async () => {
    const idle = await invoke('route', '--unreachable', '--offline', routes);
    const labels = ['alertname=CheckoutDown', 'severity=warning'];
    const other = await invoke('route', ...labels, '--expect', 'pager', '--offline', routes);
    golden = [readGolden(), idle.stdout, other.stdout, other.stderr].join('\n');
  });

  it('is what a case of explain or route prints', () => {
    const rest = listedReasons.filter(({ reason, example }) => example !== undefined && !shownByFile.has(reason));
    const wrong = rest.filter(
      ({ reason, example = '' }) => !golden.includes(example) && !(notShown as readonly string[]).includes(reason),
    );
    assert.deepEqual(
      wrong.map(({ reason, example }) => `${reason}: ${example ?? ''}`),
      [],
    );
  });

  it('names no reason as not shown that is', () => {
    const shown = listedReasons.filter(
      ({ reason, example }) => notShown.includes(reason) && example !== undefined && golden.includes(example),
    );
    assert.deepEqual(
      shown.map(({ reason }) => reason).filter((reason) => reason !== 'ReconciliationFailed'),
      [],
    );
  });
});
