import { Environment } from '@marcbachmann/cel-js';
import { isJsonObject } from '../../base/json.ts';
import { schemaOfMember } from './structural.ts';
import type { Place, StructuralSchema } from './structural.ts';
import { showValue } from './violation.ts';
import type { Violation } from './violation.ts';

type Program = (variables: { self: unknown }) => unknown;

/** Evaluates the CEL rules of schemas; each rule is parsed once. */
export class RuleChecker {
  readonly #environment = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false });
  readonly #programs = new Map<string, Program>();

  /** The rules on this value that do not hold. Call it for values of the right shape only: defaults set, types checked. */
  findBroken({ schema, value, path }: Place): Violation[] {
    const rules = schema['x-kubernetes-validations'] ?? [];
    if (rules.length === 0) return [];
    const self = toCel(schema, value);
    return rules
      .filter(({ rule }) => this.#compile(rule)({ self }) !== true)
      .map(({ rule, message }) => ({
        reason: 'RuleBroken',
        path,
        value,
        message: message ?? `Rule does not hold: ${rule}, found ${showValue(value)}`,
      }));
  }

  #compile(rule: string): Program {
    const known = this.#programs.get(rule);
    if (known !== undefined) return known;
    const program = this.#environment.parse(rule) as Program;
    this.#programs.set(rule, program);
    return program;
  }
}

/** Integers are BigInt in CEL, all else is as in JSON. Fields without a schema are not visible to rules. */
function toCel(schema: StructuralSchema, value: unknown): unknown {
  if (typeof value === 'number') return schema.type === 'integer' ? BigInt(value) : value;
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? value : value.map((item: unknown) => toCel(items, item));
  }
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const inner = schemaOfMember(schema, name);
      return inner === undefined ? [] : [[name, toCel(inner, member)]];
    }),
  );
}
