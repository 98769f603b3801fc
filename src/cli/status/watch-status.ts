import { statSync } from 'node:fs';
import { createSystemClock, sleep } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import { filterOverview } from '../../core/overview/filter.ts';
import type { Overview } from '../../core/overview/overview.ts';
import { LocalCluster } from '../../operator/page/local-cluster.ts';
import { openCluster } from '../cluster/connect.ts';
import { describeLocal, whenFilled } from '../cluster/open-local.ts';
import type { Io } from '../io.ts';
import { fileCheckMs } from '../limits.ts';
import { listFiles } from '../manifests.ts';
import { withProgress } from '../progress.ts';
import { stopped } from '../sandbox.ts';
import { StatusChanges, StatusLines, listCells } from './status-changes.ts';
import { statusFormats } from './status-formats.ts';
import type { StatusStyle } from './status-formats.ts';
import type { StatusRequest } from './status-request.ts';
import { surveyFolder } from './survey-folder.ts';

/** Prints what there is, then each row that changes, until Ctrl-C. @throws {ExitError} when it cannot begin. */
export async function watchStatus(request: StatusRequest, style: StatusStyle, io: Io): Promise<void> {
  const printer = new StatusPrinter(request, style, io);
  const { offline } = request.flags;
  await (offline === undefined ? watchCluster(request, printer, io) : watchFolder(offline, printer, { request, io }));
}

async function watchCluster({ flags }: StatusRequest, printer: StatusPrinter, io: Io): Promise<void> {
  const cluster = await openCluster(flags, io);
  try {
    const local = new LocalCluster(describeLocal(cluster, { ...flags, readNamespaces: [] }, io));
    try {
      await withProgress('Reading the cluster', io, () => whenFilled(local, cluster, io));
      const leave = local.follow((overview) => printer.show(overview));
      await stopped(io.signal);
      leave();
    } finally {
      await local.close();
    }
  } finally {
    await cluster.client.close();
  }
}

interface Watching {
  readonly request: StatusRequest;
  readonly io: Io;
}

/** Manifests that cannot be used for a while, such as half-written ones, leave what was read last in place. */
async function watchFolder(
  paths: readonly string[],
  printer: StatusPrinter,
  { request: { flags }, io }: Watching,
): Promise<void> {
  const clock = createSystemClock();
  const read = async (): Promise<void> => printer.show(await surveyFolder(paths, flags, io).survey());
  let seen = describeFiles(paths);
  await read();
  while (await isPaused(sleep(clock, fileCheckMs, io.signal), io)) {
    try {
      const found = describeFiles(paths);
      if (found === seen) continue;
      seen = found;
      await read();
    } catch (error) {
      printer.say(`${describeError(error)}; what was read last stays`);
    }
  }
}

/** False at Ctrl-C, which is how watching ends. */
async function isPaused(pause: Promise<void>, { signal }: Io): Promise<boolean> {
  try {
    await pause;
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}

/** Different when a file came, went or was written. */
function describeFiles(paths: readonly string[]): string {
  return listFiles(paths)
    .map((file) => {
      const { mtimeNs, size, ino } = statSync(file, { bigint: true });
      return `${file} ${mtimeNs} ${size} ${ino}`;
    })
    .join('\n');
}

class StatusPrinter {
  readonly #request: StatusRequest;
  readonly #style: StatusStyle;
  readonly #io: Io;
  readonly #changes: StatusChanges;
  readonly #said = new Set<string>();
  #lines: StatusLines | undefined;

  constructor(request: StatusRequest, style: StatusStyle, io: Io) {
    this.#request = request;
    this.#style = style;
    this.#io = io;
    const isWide = request.output === 'wide';
    this.#changes = new StatusChanges((listed) =>
      request.output === 'json' ? JSON.stringify(listed.row) : listCells(listed, style, isWide).join('\n'),
    );
  }

  /** All of it the first time, then what differs. */
  show(all: Overview): void {
    const overview = filterOverview(all, this.#request.filter);
    this.#io.stdout(this.#write(overview));
    for (const note of overview.notes) this.say(note);
  }

  /** Each note once. */
  say(note: string): void {
    if (this.#said.has(note)) return;
    this.#said.add(note);
    this.#io.stderr(`stoker: ${note}\n`);
  }

  #write(overview: Overview): string {
    const { output } = this.#request;
    const changes = this.#changes.take(overview);
    if (output === 'json') return changes.map((change) => `${JSON.stringify(change)}\n`).join('');
    const lines = this.#lines;
    if (lines !== undefined) return changes.map((change) => lines.write(change)).join('');
    this.#lines = new StatusLines(overview, this.#style, output === 'wide');
    return statusFormats[output]?.(overview, this.#style) ?? '';
  }
}
