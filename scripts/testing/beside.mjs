// Programs that run beside the tests, and what is said of those that fail.
import { spawn } from 'node:child_process';
import { root } from '../install.mjs';

/** Of the output of one that failed, what is said at the end: only 8 kB are kept there for all. */
const excerptCharacters = 1_500;

/**
 * Starts a program. Its output is printed when it ends.
 * @param options.nice how far it gives way to others: not at all (0) to wholly (19)
 * @returns {Promise<{ title: string, failed: boolean, stdout: string, output: string }>} never rejects
 */
export function runBeside(title, words, { nice }) {
  const start = Date.now();
  const child = spawn('nice', ['-n', String(nice), ...words], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const end = () => child.kill();
  process.once('exit', end);
  let [stdout, output] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => ([stdout, output] = [stdout + text, output + text]));
  child.stderr.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((done) => {
    const tell = (how) => {
      process.removeListener('exit', end);
      const seconds = ((Date.now() - start) / 1000).toFixed(0);
      process.stdout.write(`\n== ${title}: ${how} after ${seconds} s\n${output.trimEnd()}\n`);
      done({ title, failed: how !== 'done', stdout, output });
    };
    child.once('error', (error) => tell(error.message));
    child.once('close', (code, signal) => tell(code === 0 ? 'done' : `ended with ${signal ?? code}`));
  });
}

/** @param ended what {@link runBeside} resolved with */
export function printBeside(ended) {
  return ended
    .filter(({ failed }) => failed)
    .flatMap(({ title, output }) => [`✖ ${title}; its output ends:`, output.trimEnd().slice(-excerptCharacters)]);
}
