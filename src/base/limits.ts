/** Every bound of the ground that all stands on. See docs/limits.md. */

/** Characters of one text of YAML, whoever wrote it: objects have 1.5 MiB at most, files hold many. */
export const longestYaml = 67_108_864;

/** Collections inside of each other in YAML, aliases followed: js-yaml recurses, and so does what reads the values. */
export const deepestYaml = 100;

/** Values that aliases of a YAML document stand for, beyond those that are written out: nine levels of ten are 10⁹. */
export const mostAliasedValues = 250_000;

/** Characters that aliases of a YAML document stand for, beyond those that are written out. */
export const mostAliasedCharacters = 4_194_304;

/** Keys that `<<` merges into others in a YAML text: merges of merges multiply. */
export const mostMergedKeys = 10_000;
