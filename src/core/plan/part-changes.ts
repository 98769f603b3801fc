import { equalJson, isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { YamlError, parseYaml } from '../../base/yaml.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import type { Desired } from '../desired/steps.ts';
import { listStepObjects } from '../desired/steps.ts';
import { compareJson } from '../render/shared/differences.ts';
import type { ConfigMap } from '../render/shared/rendered-objects.ts';
import { listRoutes, textOf } from './route-list.ts';
import type { PartChange } from './plan-model.ts';
import type { Standing } from './standing.ts';

/** Parts of one kind by name, in their order. */
type Parts = ReadonlyMap<string, unknown>;

/** What of a configuration and of rule files is added, removed and changed. What is left to the user is not looked at. */
export function compareParts(from: Pick<Standing, 'readConfig' | 'owned'>, to: Desired): PartChange[] {
  const [text, wanted] = [from.readConfig(), to.printConfig()];
  // Where a configuration cannot be rendered, or is left to the user, the old one stays.
  const isKept = wanted === undefined && (to.failures.length > 0 || to.unmanaged);
  const groups = compareNamed('rule group', listGroups(from.owned), listGroups(listStepObjects(to.steps)));
  if (text === undefined) return groups;
  const [before, after] = [readConfig(text), readConfig(isKept ? text : wanted)];
  return [
    ...compareSections(before, after),
    ...compareNamed('job', listBy(before.scrape_configs, 'job_name'), listBy(after.scrape_configs, 'job_name')),
    ...compareNamed('receiver', listBy(before.receivers, 'name'), listBy(after.receivers, 'name')),
    ...compareRoutes(listRoutes(before.route), listRoutes(after.route)),
    ...groups,
  ];
}

/** As it was rendered, which the program would load: nothing of it is refused here. What somebody else has written may be anything. */
function readConfig(text: string | undefined): JsonObject {
  const config = text === undefined ? undefined : tryYaml(text);
  return isJsonObject(config) ? config : {};
}

function tryYaml(text: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    if (error instanceof YamlError) return undefined;
    throw error;
  }
}

function listBy(list: unknown, key: string): Parts {
  const items = Array.isArray(list) ? (list as unknown[]).filter(isJsonObject) : [];
  return new Map(items.map((item) => [textOf(item[key]), item]));
}

/** Parts that are told by their names. */
const lists: ReadonlySet<string> = new Set(['scrape_configs', 'receivers', 'route']);

function compareSections(from: JsonObject, to: JsonObject): PartChange[] {
  const sections = (config: JsonObject): Parts => new Map(Object.entries(config).filter(([key]) => !lists.has(key)));
  return compareNamed('section', sections(from), sections(to));
}

/** The first route that matches takes an alert: their order counts. */
function compareRoutes(from: Parts, to: Parts): PartChange[] {
  const changes = compareNamed('route', from, to);
  const before = [...from.keys()].filter((name) => to.has(name));
  const after = [...to.keys()].filter((name) => from.has(name));
  if (equalJson(before, after)) return changes;
  return [...changes, { part: 'route', action: 'change', name: 'the order of routes' }];
}

/** Files of rules are called by namespace, name and uid, whichever ConfigMap they are in. */
function listGroups(objects: readonly KubernetesObject[]): Parts {
  const maps = objects.filter((object): object is ConfigMap => object.kind === 'ConfigMap');
  return new Map(maps.flatMap(({ data = {} }) => Object.entries(data).flatMap(readGroups)));
}

function readGroups([file, text]: readonly [string, string]): [string, unknown][] {
  const content = tryYaml(text);
  const groups = isJsonObject(content) && Array.isArray(content.groups) ? (content.groups as unknown[]) : [];
  return groups.filter(isJsonObject).map((group) => [`${textOf(group.name)} (${file})`, group]);
}

function compareNamed(part: PartChange['part'], from: Parts, to: Parts): PartChange[] {
  const names = [...new Set([...from.keys(), ...to.keys()])];
  return names.flatMap((name): PartChange[] => {
    if (!from.has(name)) return [{ part, action: 'add', name }];
    if (!to.has(name)) return [{ part, action: 'remove', name }];
    const [before, after] = [from.get(name), to.get(name)];
    if (equalJson(before, after)) return [];
    const paths = compareJson(after, before, '').map(({ path }) => path);
    return [{ part, action: 'change', name, paths: paths.filter((path) => path !== '') }];
  });
}
