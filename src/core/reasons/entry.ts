/** A code is given once and for good: test/unit/core/reasons holds the list. The first two digits are those of the group. */
export type Code = `STK${number}`;

/** What a good or neutral outcome means. */
interface Outcome {
  readonly code: Code;
  /** One sentence without a full stop. */
  readonly meaning: string;
}

/** What something that is wrong means, how it reads, and how it is mended. */
interface Problem extends Outcome {
  /** A message as the program prints it. */
  readonly example: string;
  /** For people, as an order; sentences with full stops. */
  readonly mend: string;
}

/** What is said of one reason, by its name. */
export type Entries = Readonly<Record<string, Outcome | Problem>>;

/** Reasons that belong together. */
export interface ReasonGroup {
  /** The first two digits of its codes. */
  readonly digits: string;
  readonly title: string;
  /** Who gives these reasons. */
  readonly where: string;
  readonly entries: Entries;
}
