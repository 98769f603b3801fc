import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseYaml } from '../../../src/base/yaml.ts';
import { caseFolder } from './stacks.ts';

/** What replicas answer, by path; a text as it is, all else as JSON. */
type Answers = Readonly<Record<string, unknown>>;

/** running.yaml of a case: the answers of each replica. */
interface Running {
  readonly prometheus?: readonly Answers[];
  readonly alertmanager?: readonly Answers[];
}

/** The programs of a case, as long as it is looked at. */
export interface RunningPrograms {
  /** For `stoker explain`: which to ask. */
  readonly flags: readonly string[];
  /** Output without the port, which is another one each time. */
  hidePort(text: string): string;
  close(): void;
}

/** A Prometheus has the series that it is asked for, unless the case says otherwise. */
const unlessSaid: Answers = { '/api/v1/query': { status: 'success', data: { result: [{ value: [0, '1'] }] } } };

const nothing: RunningPrograms = { flags: [], hidePort: (text) => text, close: () => undefined };

/** Runs what answers as the case's running.yaml says; nothing where there is none. */
export async function runPrograms(name: string): Promise<RunningPrograms> {
  const file = join(caseFolder, name, 'running.yaml');
  if (!existsSync(file)) return nothing;
  const running = parseYaml(readFileSync(file, 'utf8')) as Running;
  const server = createServer(({ url = '' }, response) => {
    const [, kind = '', index = '', path = ''] = /^\/(\w+)-(\d+)(\/[^?]*)/.exec(url) ?? [];
    const program = running[kind as keyof Running]?.[Number(index)];
    const answer = program === undefined ? undefined : { ...unlessSaid, ...program }[path];
    if (answer === undefined) response.statusCode = 404;
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const list = (kind: keyof Running): string[] => (running[kind] ?? []).map((_, index) => `${root}/${kind}-${index}`);
  const flag = (word: string, urls: readonly string[]): string[] => (urls.length === 0 ? [] : [word, ...urls]);
  return {
    flags: [...flag('--prometheus-url', list('prometheus')), ...flag('--alertmanager-url', list('alertmanager'))],
    // As long as it was, so that lines break where they did.
    hidePort: (text) =>
      text.replaceAll(
        root,
        root.replace(/\d+$/, (port) => '0'.repeat(port.length)),
      ),
    close: () => void server.close(),
  };
}
