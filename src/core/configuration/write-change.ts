import type { Interruptible } from '../../base/interruptible.ts';
import { writeDiff } from '../../base/unified-diff.ts';
import { changesShown } from '../limits.ts';
import type { ObjectName } from '../explain/model.ts';
import type { ConfigurationChange, PartChange } from './changed-sources.ts';
import { listTold, objectOf } from './configuration.ts';
import type { Configuration, PartSource } from './configuration.ts';
import { titleOf } from './find-parts.ts';
import { writeSource } from './write-source.ts';

/** What a change did to one part. */
export interface ShownChange {
  readonly title: string;
  readonly object: ObjectName;
  /** A unified diff; "" where only what is masked has changed. */
  readonly diff: string;
}

/** Some of the parts that changed and that may be shown. @param isSeen whether what was made from an object may be shown */
export function* writeChange(
  { parts }: ConfigurationChange,
  configuration: Configuration,
  isSeen: (object: ObjectName) => boolean,
): Interruptible<ShownChange[]> {
  const shown: ShownChange[] = [];
  for (const part of parts) {
    if (shown.length === changesShown) break;
    const source = part.after ?? part.before;
    const told = [part.before, part.after].flatMap((one) => (one === undefined ? [] : listTold(one)));
    if (source === undefined || !told.every(isSeen)) continue;
    const object = objectOf(source, configuration);
    const title = titleOf(source, configuration);
    shown.push({ title, object, diff: writePartDiff(title, part, configuration) });
    yield;
  }
  return shown;
}

function writePartDiff(title: string, { before, after }: PartChange, configuration: Configuration): string {
  const write = (source: PartSource | undefined): string =>
    source === undefined
      ? ''
      : writeSource(source, { configuration })
          .map(({ text }) => `${text}\n`)
          .join('');
  return writeDiff(title, write(before), write(after));
}
