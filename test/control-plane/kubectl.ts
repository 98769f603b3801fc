import { execFile } from 'node:child_process';
import { findBinary } from './locate.ts';

/** Runs the real kubectl; returns its output, throws its errors. @param args with a `--kubeconfig`. */
export function runKubectl(args: readonly string[], input = ''): Promise<string> {
  const command = findBinary('kubectl');
  if (command === undefined) throw new Error('Cannot run kubectl: test/control-plane/build.sh has not built it');
  return new Promise((resolve, reject) => {
    const child = execFile(command, args, { maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`Cannot run kubectl ${args.join(' ')}: ${stderr.trim()}`, { cause: error }));
    });
    child.stdin?.end(input);
  });
}
