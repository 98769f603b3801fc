import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Clock } from '../../base/clock.ts';
import { sleep } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import { isJsonObject } from '../../base/json.ts';
import type { Logger } from '../../base/logger.ts';
import type { TargetService } from '../../discovery/service/target-service.ts';
import { keptAnswersMs, mostKeptBytes } from '../limits.ts';

const fileName = 'answers.jsonl.gz';

export interface KeptAnswersDeps {
  readonly folder: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly service: Pick<TargetService, 'listAnswers' | 'recall'>;
}

/** The last answers, in a file: one line each. What cannot be read or written is told of, and done without. */
export class KeptAnswers {
  readonly #deps: KeptAnswersDeps;

  constructor(deps: KeptAnswersDeps) {
    this.#deps = deps;
  }

  /** Gives the service what was kept. Never rejects. */
  async recall(): Promise<void> {
    const { folder, logger, service } = this.#deps;
    try {
      const packed = await readFile(join(folder, fileName));
      const text = (await promisify(gunzip)(packed, { maxOutputLength: mostKeptBytes })).toString('utf8');
      const lines = text.split('\n').filter((line) => line !== '');
      for (const line of lines) recallLine(JSON.parse(line), service);
      logger.info('Answers of before the restart are given until targets have been found', { answers: lines.length });
    } catch (error) {
      if ((error as { code?: unknown }).code === 'ENOENT') return;
      logger.warn('Cannot read the answers that were kept', { folder, err: describeError(error) });
    }
  }

  /** Writes them now and then, and a last time when the signal is aborted. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(this.#deps.clock, keptAnswersMs, signal).catch(() => undefined);
      await this.#write();
    }
  }

  async #write(): Promise<void> {
    const { folder, logger, service } = this.#deps;
    const lines = [...service.listAnswers()].map(([name, body, asOf]) =>
      JSON.stringify({ name, asOf, body: body.toString('utf8') }),
    );
    const path = join(folder, fileName);
    try {
      await writeFile(`${path}.new`, await promisify(gzip)(lines.join('\n'), { level: 1 }));
      await rename(`${path}.new`, path);
    } catch (error) {
      logger.warn('Cannot keep answers', { folder, err: describeError(error) });
    }
  }
}

function recallLine(line: unknown, service: KeptAnswersDeps['service']): void {
  if (!isJsonObject(line)) return;
  const { name, body, asOf } = line;
  if (typeof name === 'string' && typeof body === 'string' && typeof asOf === 'number')
    service.recall(name, Buffer.from(body), asOf);
}
