/** Every bound of admission and conversion. See docs/limits.md. */

/** Body of an AdmissionReview: it holds two objects of at most 3 MiB each (the API server takes no larger request). */
export const admissionBytes = 8 * 1024 * 1024;

/** Body of a ConversionReview: it holds a whole page of a list. */
export const conversionBytes = 32 * 1024 * 1024;

/** Bodies of all reviews under way together; beyond, callers are asked to come again: memory has an end. */
export const bodyBudgetBytes = 64 * 1024 * 1024;

/** Warnings in one answer: the API server shows about this much of all together. */
export const shownWarnings = 12;

/** Length of one warning: the API server cuts longer ones. */
export const warningCharacters = 256;

/** Mistakes that are named in one refusal: nobody mends more at once. */
export const shownCauses = 20;

/** A new certificate is valid from this long ago: clocks of machines differ by some minutes. */
export const clockSkewMs = 5 * 60_000;

/** Of a content type that cannot be read, so much stands in the answer. */
export const shownTypeCharacters = 80;

/** Levels of nesting in an object that is converted: answers are written by recursion. The operator takes far less. */
export const deepestConverted = 1000;
