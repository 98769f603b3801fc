import { TerminalError } from '../../base/errors.ts';
import { InvalidFieldError } from '../findings.ts';
import type { Finding } from './finding.ts';
import { toFinding } from './finding.ts';

/** What keeps a workload from being rendered. @throws what is no verdict on an object. */
export function explainFailure(error: unknown): Finding {
  if (error instanceof InvalidFieldError) return toFinding(error.rejection);
  if (!(error instanceof TerminalError)) throw error;
  return { severity: 'error', reason: 'InvalidWorkload', path: 'spec', part: 'name', message: error.message };
}
