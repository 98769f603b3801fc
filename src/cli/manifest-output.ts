import type { Command } from 'commander';
import { dumpYaml } from '../base/yaml.ts';
import { ExitError, exitCodes } from './io.ts';

const formats: Readonly<Record<string, (objects: readonly object[]) => string>> = {
  yaml: (objects) => objects.map((object) => `---\n${dumpYaml(object)}`).join(''),
  json: (objects) => `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }, null, 2)}\n`,
};

/** Adds the flag of commands that print manifests for kubectl. */
export function addManifestOutput(command: Command): Command {
  return command.option('-o, --output <format>', 'yaml or json', 'yaml');
}

/** Objects for `kubectl apply -f -`: YAML documents, or one List. @throws {ExitError} for another format. */
export function formatManifests(objects: readonly object[], output: string): string {
  const format = formats[output];
  if (format === undefined) {
    const known = Object.keys(formats).join(' and ');
    throw new ExitError(exitCodes.usage, `Cannot print as "${output}": known are ${known}`);
  }
  return format(objects);
}
