/** A generated file: where it lies below the repository's root, and what must be in it. */
export interface Output {
  readonly path: string;
  readonly render: () => string | Promise<string>;
}
