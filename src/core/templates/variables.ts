/** The variables that can be seen at one place of a template. One name may be declared again in a block inside. */
export class TemplateVariables {
  readonly #declared: string[] = [];
  readonly #counts = new Map<string, number>();

  constructor(names: readonly string[]) {
    for (const name of names) this.declare(name);
  }

  /** How many there are, to go back to with `keep`. */
  get size(): number {
    return this.#declared.length;
  }

  has(name: string): boolean {
    return (this.#counts.get(name) ?? 0) > 0;
  }

  declare(name: string): void {
    this.#declared.push(name);
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** Forgets what was declared since there were `size`. */
  keep(size: number): void {
    for (const name of this.#declared.splice(size)) this.#counts.set(name, (this.#counts.get(name) ?? 0) - 1);
  }
}
