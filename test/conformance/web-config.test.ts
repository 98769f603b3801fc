import assert from 'node:assert/strict';
import type { WebConfigFileFields } from '../../src/api/parts/web.ts';
import { writeWebConfig } from '../../src/core/render/shared/web-config.ts';
import { describeCases, dropNulls } from './cases.ts';

interface Input {
  readonly tlsConfig: WebConfigFileFields['tlsConfig'] | null;
  readonly httpConfig: WebConfigFileFields['httpConfig'] | null;
  readonly mountingDir: string;
}

describeCases<Input, string>('web-config', ({ input, error, output }) => {
  const { mountingDir, tlsConfig, httpConfig } = input;
  const write = (): string => writeWebConfig(dropNulls({ tlsConfig, httpConfig }) as WebConfigFileFields, mountingDir);
  if (error === null) assert.equal(write(), output);
  else assert.throws(write, { name: 'TerminalError' });
});
