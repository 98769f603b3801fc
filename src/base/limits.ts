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

/**
 * Characters of a text that JavaScript's own engine is given: it keeps every place to which it could go back; longer
 * texts go to RE2.
 */
export const longestNativeText = 1_000_000;

/** Ways to read a text that may be open at one of its places, for a pattern to count as linear. */
export const mostWays = 256;

/** Repetitions without an end in a pattern that counts as linear. */
export const mostLoops = 6;

/** Alternatives of a pattern that counts as linear: they are compared in pairs. */
export const mostAlternatives = 64;

/** Characters of a pattern that is looked at for the native engine; longer ones are left to RE2 unread. */
export const longestNativePattern = 1000;

/** Groups inside of each other in a pattern for the native engine. */
export const deepestNativeGroup = 20;

/**
 * Unicode classes (`\p{Greek}`) in one pattern: each stands for hundreds of ranges, and 8 kB of them took RE2 half a second. People
 * write a handful; Prometheus would take more.
 */
export const mostUnicodeClasses = 100;

/** Characters that counted repetitions of a pattern may stand for, all together: each becomes a state of the engine. */
export const mostRepeated = 10_000;
