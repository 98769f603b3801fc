/** Tests that need real binaries: each says for itself that it was skipped and why, so that none is lost from the count. */
import { after, before, it } from 'node:test';
import type { TestContext } from 'node:test';
import type { BinaryName } from '../../control-plane/locate.ts';
import { locateControlPlane, skipWithout } from '../../control-plane/locate.ts';

type Body = (context: TestContext) => Promise<void>;

export interface Suite {
  /** @param timeoutMs 10 minutes when left out: other files run at the same time. */
  readonly it: (sentence: string, body: Body, timeoutMs?: number) => void;
  /** Not run when the tests are skipped. */
  readonly before: (body: () => Promise<void>) => void;
  readonly after: (body: () => Promise<void>) => void;
}

const testTimeoutMs = 600_000;

/** The suite of tests that need an API server, and maybe more. @param reasons further reasons to skip; false is none. */
export function planSuite(binaries: readonly BinaryName[] = [], ...reasons: readonly (string | false)[]): Suite {
  const found = [locateControlPlane().skipped ?? false, ...binaries.map(skipWithout), ...reasons];
  const skip = found.find((reason) => reason !== false) ?? false;
  const runs = skip === false;
  return {
    it: (sentence, body, timeout = testTimeoutMs) => void it(sentence, { skip, timeout }, body),
    before: (body) => {
      if (runs) before(body);
    },
    after: (body) => {
      if (runs) after(body);
    },
  };
}
