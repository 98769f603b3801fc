/** JSON paths of printer columns: .a.b, ['a'], [0], [*], [?(@.type == "Ready")], escaped dots. */
import { isJsonObject } from '../../base/json.ts';

type Step =
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'index'; readonly at: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'filter'; readonly path: readonly string[]; readonly equal: boolean; readonly value: string };

const tokens =
  /\.((?:\\.|[^.[\]\\])+)|\[['"](.*?)['"]\]|\[(-?\d+)\]|\[(\*)\]|\[\?\(@\.([\w.]+)\s*(==|!=)\s*(?:"([^"]*)"|'([^']*)'|([^)\s]+))\)\]/gy;

/** Undefined when the path is malformed. */
export function parseJsonPath(path: string): ((value: unknown) => unknown[]) | undefined {
  const text = path.replace(/^\{(.*)\}$/, '$1');
  const steps: Step[] = [];
  const pattern = new RegExp(tokens);
  let end = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    steps.push(readStep(match));
    end = pattern.lastIndex;
  }
  if (end !== text.length || steps.length === 0) return undefined;
  return (value) => steps.reduce<unknown[]>((found, step) => found.flatMap((one) => takeStep(one, step)), [value]);
}

function readStep([, name, quoted, index, all, path = '', operator, ...values]: readonly (string | undefined)[]): Step {
  if (all !== undefined) return { kind: 'all' };
  if (index !== undefined) return { kind: 'index', at: Number(index) };
  if (operator !== undefined) {
    const value = values.find((one) => one !== undefined) ?? '';
    return { kind: 'filter', path: path.split('.'), equal: operator === '==', value };
  }
  if (name === '*') return { kind: 'all' };
  return { kind: 'member', name: quoted ?? (name ?? '').replaceAll(/\\(.)/g, '$1') };
}

function takeStep(value: unknown, step: Step): unknown[] {
  if (step.kind === 'member') return isJsonObject(value) && value[step.name] !== undefined ? [value[step.name]] : [];
  const items: readonly unknown[] = Array.isArray(value) ? value : isJsonObject(value) ? Object.values(value) : [];
  if (step.kind === 'all') return [...items];
  if (step.kind === 'index') {
    const found = items.at(step.at);
    return found === undefined ? [] : [found];
  }
  return items.filter((item) => {
    const member = step.path.reduce<unknown>((inner, name) => (isJsonObject(inner) ? inner[name] : undefined), item);
    const same = member !== undefined && (typeof member === 'string' ? member : JSON.stringify(member)) === step.value;
    return same === step.equal;
  });
}
