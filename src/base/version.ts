import semver from 'semver';

/**
 * A component version as specs write it: a leading "v" is allowed, missing minor and patch are 0
 * (docs/reference/rendering.md 0.2). Pre-releases sort before their release.
 */
export class Version {
  readonly #parsed: semver.SemVer;

  private constructor(parsed: semver.SemVer) {
    this.#parsed = parsed;
  }

  /** @throws {SyntaxError} when `text` is no version. */
  static parse(text: string): Version {
    const match = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?((?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)$/.exec(text.trim());
    if (match === null) throw new SyntaxError(`Cannot parse version "${text}": want MAJOR.MINOR.PATCH`);
    const [, major = '0', minor = '0', patch = '0', rest = ''] = match;
    const parsed = semver.parse(`${Number(major)}.${Number(minor)}.${Number(patch)}${rest}`);
    if (parsed === null)
      throw new SyntaxError(`Cannot parse version "${text}": its numbers are too large, or it is too long`);
    return new Version(parsed);
  }

  get major(): number {
    return this.#parsed.major;
  }

  get minor(): number {
    return this.#parsed.minor;
  }

  /** True when this version is `other` or newer. */
  isAtLeast(other: string): boolean {
    return semver.gte(this.#parsed, other);
  }

  isBelow(other: string): boolean {
    return semver.lt(this.#parsed, other);
  }

  /** `MAJOR.MINOR.PATCH` with pre-release, without a leading "v" and without build metadata. */
  toString(): string {
    return this.#parsed.version;
  }
}
