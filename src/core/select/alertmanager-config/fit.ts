import type { AlertmanagerConfig } from '../../../api/alertmanager-config.ts';
import type { Interruptible } from '../../../base/interruptible.ts';
import type { Rejection } from '../../rejection.ts';
import { compressParts } from '../../render/prometheus/config/chunks.ts';
import { writeConfig } from '../../render/alertmanager/config/document.ts';
import type { ConfigDocument } from '../../render/alertmanager/config/document.ts';
import type { ConfigFragment } from '../../render/alertmanager/config/config-fragment.ts';
import { InvalidFieldError } from '../../findings.ts';

export interface AcceptedConfig {
  readonly object: AlertmanagerConfig;
  readonly fragment: ConfigFragment;
}

/** An AlertmanagerConfig that is left out, and why. */
export interface RejectedConfig {
  readonly object: AlertmanagerConfig;
  readonly rejection: Rejection;
}

export interface FittingConfig {
  readonly config: string;
  readonly gzip: Uint8Array;
  readonly fitting: readonly AcceptedConfig[];
  readonly tooLarge: readonly RejectedConfig[];
}

const textOf = ({ inhibitRules, routes, receivers, muteTimeIntervals }: ConfigFragment): string =>
  `${inhibitRules}${routes}${receivers}${muteTimeIntervals}`;

/** Texts below it are not worth compressing alone. */
const smallText = 1024;

/** How much room an object needs alone. */
function* sizeOf({ fragment }: AcceptedConfig): Interruptible<number> {
  const text = textOf(fragment);
  return text.length < smallText ? text.length : (yield* compressParts(text)).length;
}

/**
 * The merged configuration as far as it fits into its Secret: when it does not, the objects that need most room are left
 * out, as few of them as possible. No tenant can fill the Secret of all others.
 * @param room bytes for the compressed configuration.
 * @throws {InvalidFieldError} when there is no room for the base alone.
 */
export function* writeWithin(
  room: number,
  base: ConfigDocument,
  accepted: readonly AcceptedConfig[],
): Interruptible<FittingConfig> {
  const whole = yield* write(base, accepted);
  if (whole.gzip.length <= room) return { ...whole, tooLarge: [] };
  const bySize = yield* sortBySize(accepted);
  const without = (count: number): Interruptible<Written> => {
    const left = new Set(bySize.slice(0, count).map(({ one }) => one));
    return write(
      base,
      accepted.filter((one) => !left.has(one)),
    );
  };
  const count = yield* findLeast(accepted.length, function* (some) {
    return (yield* without(some)).gzip.length <= room;
  });
  const fitting = yield* without(count);
  if (fitting.gzip.length > room) throw refuseBase(room);
  const tooLarge = bySize
    .slice(0, count)
    .map(({ one, bytes }) => ({ object: one.object, rejection: refuse(bytes, room) }));
  return { ...fitting, tooLarge };
}

type Written = Omit<FittingConfig, 'tooLarge'>;

function* write(base: ConfigDocument, fitting: readonly AcceptedConfig[]): Interruptible<Written> {
  const parts = fitting.map(({ fragment }) => fragment);
  const config = writeConfig(base, parts);
  yield;
  return { config, gzip: yield* compressParts(config), fitting };
}

interface Sized {
  readonly one: AcceptedConfig;
  readonly bytes: number;
}

/** The largest first. */
function* sortBySize(accepted: readonly AcceptedConfig[]): Interruptible<Sized[]> {
  const sized: Sized[] = [];
  for (const one of accepted) {
    sized.push({ one, bytes: yield* sizeOf(one) });
    yield;
  }
  return sized.sort((a, b) => b.bytes - a.bytes);
}

/** The least number from 1 to `most` that is enough; `most` when none is. What is enough is so with every larger number. */
function* findLeast(most: number, isEnough: (count: number) => Interruptible<boolean>): Interruptible<number> {
  let [low, high] = [1, most];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (yield* isEnough(middle)) high = middle;
    else low = middle + 1;
  }
  return Math.min(low, most);
}

const refuse = (bytes: number, room: number): Rejection => ({
  reason: 'ConfigTooLarge',
  field: 'spec',
  message: `Cannot merge ${bytes} bytes (compressed): all objects together may have ${room}, and this is one of the largest`,
});

const refuseBase = (room: number): InvalidFieldError =>
  new InvalidFieldError({
    reason: 'ConfigTooLarge',
    field: 'spec.configSecret',
    message: `Cannot publish a configuration of more than ${room} bytes (compressed), and nothing is merged yet`,
  });
