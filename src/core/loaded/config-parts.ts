import type { Interruptible } from '../../base/interruptible.ts';
import { parseYamlVerbatim } from '../../base/yaml.ts';
import { writeYamlItems } from '../../base/yaml-writer.ts';
import { asMapping, isList } from '../prometheus-config/values.ts';
import { linesAtOnce } from '../limits.ts';

/** A prometheus.yml in pieces that are read one by one: texts of YAML. */
export interface ConfigParts {
  /** By key at the top, all but the jobs: each with its key. */
  readonly sections: ReadonlyMap<string, string>;
  /** The items of `scrape_configs`, in their order: each a list of one. */
  readonly jobs: readonly string[];
}

const dash = '-'.charCodeAt(0);
const isLetter = (code: number): boolean => code >= 97 && code <= 122;

/**
 * Cuts a configuration at its keys and at its jobs, by what stands at the beginning of lines: reading it as a whole takes seconds
 * when it is large. As the operator writes it and Prometheus prints it: keys and items of the top begin at the left, and nothing else does.
 */
export function* cutConfig(text: string): Interruptible<ConfigParts> {
  const sections = new Map<string, string>();
  const jobs: string[] = [];
  let key = '';
  let start = 0;
  const close = (end: number): void => {
    if (end <= start) return;
    const part = text.slice(start, end);
    if (key === 'scrape_configs' && part.startsWith('- ')) jobs.push(part);
    else if (key === 'scrape_configs') jobs.push(...readJobs(part));
    else if (key !== '') sections.set(key, part);
  };
  let lines = 0;
  for (let at = 0; at < text.length; at = nextLine(text, at)) {
    const code = text.charCodeAt(at);
    if (isLetter(code)) {
      close(at);
      [key, start] = [text.slice(at, text.indexOf(':', at)), at];
    } else if (code === dash && key === 'scrape_configs') {
      close(at);
      start = at;
    }
    lines += 1;
    if (lines % linesAtOnce === 0) yield;
  }
  close(text.length);
  return { sections, jobs };
}

function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** Jobs that stand otherwise, such as in one line; none for the key alone. @throws {YamlError} */
function readJobs(part: string): string[] {
  const list = asMapping(parseYamlVerbatim(part), 'config.plain')['scrape_configs'] ?? null;
  return isList(list) ? list.map((job) => writeYamlItems([job])) : [];
}

/** The name of a job, for people; as far as it stands on a line of its own. */
export function nameOfJob(job: string): string {
  const [, value = ''] = /^(?:- | {2})job_name:([^\n]*)$/m.exec(job) ?? [];
  const name = value.trim();
  const quote = name.at(0);
  const isQuoted = name.length > 1 && (quote === '"' || quote === "'") && name.endsWith(quote);
  return isQuoted ? name.slice(1, -1) : name;
}
