import { admissionCheckers } from './admission.ts';
import type { Checker } from './checker.ts';
import { languageCheckers } from './languages.ts';
import { objectCheckers } from './objects.ts';
import { relabelling } from './relabelling.ts';

/** Every checker of the pure core that users reach. The order decides which input a seed makes: add at the end. */
export const checkers: readonly Checker[] = [...languageCheckers, relabelling, ...objectCheckers, ...admissionCheckers];
