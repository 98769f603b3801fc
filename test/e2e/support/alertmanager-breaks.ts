import { RawScalar } from '../../../src/base/yaml-writer.ts';
import { makeNotifier, notifierMakers, structuredTree } from './alertmanager-notifiers.ts';
import type { Node, Tree } from './alertmanager-notifiers.ts';
import { keyNames, oddValues } from './alertmanager-odd-values.ts';
import type { Draw } from './random.ts';

/** A place where something can be changed. */
interface Place {
  readonly holder: Tree | Node[];
  readonly key: string | number;
  readonly path: string;
}

const isCollection = (node: Node | undefined): node is Tree | Node[] =>
  typeof node === 'object' && node !== null && !(node instanceof RawScalar);

function listPlaces(holder: Tree | Node[], path: string): Place[] {
  const keys = Array.isArray(holder) ? [...holder.keys()] : Object.keys(holder);
  return keys.flatMap((key) => {
    const place = { holder, key, path: `${path}.${key}` };
    const inside = valueAt(place);
    return isCollection(inside) ? [place, ...listPlaces(inside, place.path)] : [place];
  });
}

function valueAt({ holder, key }: Place): Node | undefined {
  return Array.isArray(holder) ? holder[key as number] : holder[key];
}

function setAt({ holder, key }: Place, value: Node): void {
  if (Array.isArray(holder)) holder[key as number] = value;
  else holder[key] = value;
}

/** Says what it did. */
type Break = (draw: Draw, tree: Tree) => string;

/** A branch at random first, then a place in it: big branches would get all of it otherwise. */
function pickPlace(draw: Draw, tree: Tree): Place {
  const section = draw.pick(Object.keys(tree).filter((key) => isCollection(tree[key])));
  const inside = tree[section];
  const places = isCollection(inside) ? listPlaces(inside, section) : [];
  return draw.pick(places.length === 0 ? [{ holder: tree, key: section, path: section }] : places);
}

const describeValue = (value: Node): string => (value instanceof RawScalar ? value.source : JSON.stringify(value));

const replaceValue: Break = (draw, tree) => {
  const place = pickPlace(draw, tree);
  const value = draw.pick(oddValues);
  setAt(place, isCollection(value) ? (structuredTree({ value })['value'] ?? null) : value);
  return `${place.path} := ${describeValue(value)}`;
};

const removeValue: Break = (draw, tree) => {
  const { holder, key, path } = pickPlace(draw, tree);
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  // eslint says that keys are not to be deleted; a new mapping would have no holder.
  else Reflect.deleteProperty(holder, key);
  return `${path} removed`;
};

const addKey: Break = (draw, tree) => {
  const place = pickPlace(draw, tree);
  const inside = valueAt(place);
  const holder =
    isCollection(inside) && !Array.isArray(inside) ? inside : Array.isArray(place.holder) ? tree : place.holder;
  const key = draw.pick(keyNames);
  const value = draw.pick(oddValues);
  holder[key] = isCollection(value) ? (structuredTree({ value })['value'] ?? null) : value;
  return `${place.path}: ${key} := ${describeValue(value)}`;
};

const copyItem: Break = (draw, tree) => {
  const place = pickPlace(draw, tree);
  const target = pickPlace(draw, tree);
  const value = valueAt(place) ?? null;
  const copied = structuredTree({ value })['value'] ?? null;
  if (Array.isArray(target.holder)) target.holder.push(copied);
  else target.holder[String(target.key)] = copied;
  return `${target.path} := ${place.path}`;
};

const patterns = ['[a-', 'a\\', '[]', '[^a]', '[]a]', '[-x]', 'a-[b]', '[a-c]*.tmpl', '[\\]]', '[^]', '?', '{a}', ''];

/** Files with templates, which need not be there. */
const addTemplates: Break = (draw, tree) => {
  const pattern = draw.pick(patterns);
  tree['templates'] = [`/nowhere/${pattern}`];
  return `templates: ${pattern}`;
};

/** A setting of a global block, which reaches every receiver. */
const changeGlobal: Break = (draw, tree) => {
  const key = draw.pick([
    'global',
    'opsgenie_api_key',
    'slack_api_url',
    'smtp_from',
    'smtp_smarthost',
    'http_config',
    ...keyNames,
  ]);
  const { global } = tree;
  if (key === 'global') tree['global'] = draw.pick([null, {}, 'x']);
  else if (isCollection(global) && !Array.isArray(global)) global[key] = draw.pick(oddValues);
  return `global.${key}`;
};

/** A receiver with one more notifier, of which something is not right. */
const addNotifier: Break = (draw, tree) => {
  const kind = draw.pick(Object.keys(notifierMakers));
  const made = makeNotifier(draw, kind);
  const what = draw.pick([replaceValue, removeValue, addKey])(draw, { made });
  const { receivers } = tree;
  if (Array.isArray(receivers)) receivers.push({ name: 'added', [`${kind}_configs`]: [made] });
  return `${kind}: ${what}`;
};

const breaks: readonly Break[] = [
  replaceValue,
  replaceValue,
  removeValue,
  addKey,
  copyItem,
  changeGlobal,
  addTemplates,
  addNotifier,
  addNotifier,
];

/** Changes the tree in one or two places, and says how. Not every change makes it wrong. */
export function breakConfig(draw: Draw, tree: Tree): string[] {
  return Array.from({ length: 1 + draw.below(2) }, () => draw.pick(breaks)(draw, tree));
}
