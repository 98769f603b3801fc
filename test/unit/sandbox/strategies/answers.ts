import type { Answer } from '../harness.ts';

export const inDefault = (path: string): string => path.replace('*', 'namespaces/default');
export const causes = ({ body }: Answer): string[] =>
  ((body.details?.causes ?? []) as unknown as { field: string; message: string }[]).map(
    ({ field, message }) => `${field}: ${message}`,
  );
