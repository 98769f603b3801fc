import type { Container } from '../../../api/core/container.ts';

/** What every container of the operator may not do (docs/reference/rendering.md 4.6). */
export function restrictContainer(): Pick<Container, 'securityContext' | 'terminationMessagePolicy'> {
  const securityContext = {
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
  };
  return { securityContext, terminationMessagePolicy: 'FallbackToLogsOnError' };
}
