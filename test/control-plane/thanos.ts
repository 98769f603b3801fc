/** A real Thanos for tests, as a judge of command lines. */
import { execFile } from 'node:child_process';
import { findBinary } from './locate.ts';

const unknown = 'no-flag-of-thanos';

/**
 * What Thanos says against the flags of a command line ("sidecar" or "rule" first); undefined when it knows them all, those
 * that its help does not tell of too. Nothing is started: a flag at the end is one that it does not know.
 */
export function checkThanosFlags(args: readonly string[]): Promise<string | undefined> {
  const thanos = findBinary('thanos');
  if (thanos === undefined) throw new Error('Cannot ask thanos: it is not built; see test/control-plane/build.sh');
  return new Promise((resolve) => {
    execFile(thanos, [...args, `--${unknown}`], (_, stdout, stderr) => {
      const said = `${stdout}${stderr}`.trim();
      resolve(said.includes(`'--${unknown}'`) ? undefined : said);
    });
  });
}
