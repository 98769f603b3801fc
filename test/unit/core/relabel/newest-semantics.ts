import { Version } from '../../../../src/base/version.ts';
import { readRelabelSemantics } from '../../../../src/core/targets/features.ts';

/** As Prometheus 3 relabels. */
export const newestSemantics = readRelabelSemantics(Version.parse('3.13.2'), 'utf8');
