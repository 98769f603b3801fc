import { equalJson, isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { parseYaml } from '../../base/yaml.ts';
import type { Desired } from '../desired/steps.ts';
import { listStepObjects } from '../desired/steps.ts';
import { compareJson } from '../render/shared/differences.ts';
import type { ConfigMap } from '../render/shared/rendered-objects.ts';
import { listRoutes, textOf } from './route-list.ts';
import type { PartChange } from './plan-model.ts';

type Side = Desired | undefined;

/** Parts of one kind by name, in their order. */
type Parts = ReadonlyMap<string, unknown>;

/** What of a configuration and of rule files is added, removed and changed. What is left to the user is not looked at. */
export function compareParts(from: Side, to: Side): PartChange[] {
  const [before, after] = [readConfig(from), readConfig(to)];
  return [
    ...compareSections(before, after),
    ...compareNamed('job', listBy(before.scrape_configs, 'job_name'), listBy(after.scrape_configs, 'job_name')),
    ...compareNamed('receiver', listBy(before.receivers, 'name'), listBy(after.receivers, 'name')),
    ...compareRoutes(listRoutes(before.route), listRoutes(after.route)),
    ...compareNamed('rule group', listGroups(from), listGroups(to)),
  ];
}

/** As it was rendered, which the program would load: nothing of it is refused here. */
function readConfig(side: Side): JsonObject {
  const text = side?.printConfig();
  const config = text === undefined ? undefined : parseYaml(text);
  return isJsonObject(config) ? config : {};
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
function listGroups(side: Side): Parts {
  const maps = listStepObjects(side?.steps ?? []).filter((object): object is ConfigMap => object.kind === 'ConfigMap');
  return new Map(maps.flatMap(({ data = {} }) => Object.entries(data).flatMap(readGroups)));
}

function readGroups([file, text]: readonly [string, string]): [string, unknown][] {
  const content = parseYaml(text);
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
