import type { SecretKeySelector, SecretOrConfigMap } from '../../../../../api/parts/references.ts';
import { formatDuration, parseDuration } from '../../../../../base/durations.ts';
import type { Version } from '../../../../../base/version.ts';
import type { KeyReference } from '../../../../assets/references.ts';
import type { AssetStore } from '../../../../assets/store.ts';
import { referTo, referToEither } from '../../../../field-checks/check-scope.ts';

/** Where a piece of an AlertmanagerConfig becomes a piece of configuration. */
export interface ConvertScope {
  readonly assets: AssetStore;
  /** Where the keys are that the object refers to. */
  readonly namespace: string;
  readonly version: Version;
  /** Filled with the keys whose files the configuration names. */
  readonly tlsAssets: KeyReference[];
}

/** The text of a key in a Secret. Undefined when there is no reference; checks have seen that the key is there. */
export function readKey(
  selector: SecretKeySelector | undefined,
  { assets, namespace }: ConvertScope,
): string | undefined {
  return selector === undefined ? undefined : assets.readText(referTo('Secret', selector, namespace));
}

/** As `readKey`, from a Secret or a ConfigMap. */
export function readEither(
  either: SecretOrConfigMap | undefined,
  { assets, namespace }: ConvertScope,
): string | undefined {
  const reference = referToEither(either, namespace);
  return reference && assets.readText(reference);
}

/** A URL out of a Secret, where editors like to leave a line break behind. */
export const readUrlKey = (selector: SecretKeySelector | undefined, scope: ConvertScope): string | undefined =>
  readKey(selector, scope)?.trim();

/** A duration as Alertmanager prints it: "60s" is "1m". What is none stays as it is, for those who refuse it. */
export const reprintDuration = (text: string | undefined): string | undefined => reprint(text, 'y');

/**
 * A duration of which Alertmanager reads hours and what is below: "1d" is "24h". The reference writes days, and Alertmanager
 * refuses them.
 */
export const reprintGoDuration = (text: string | undefined): string | undefined => reprint(text, 'h');

function reprint(text: string | undefined, largest: 'y' | 'h'): string | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    return formatDuration(parseDuration(text), largest);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

/** A number that is not zero, which is what zero means. */
export const unlessZero = (number: number | undefined): number | undefined => (number === 0 ? undefined : number);

/** True, or nothing. */
export const ifTrue = (flag: boolean | undefined): true | undefined => (flag === true ? true : undefined);

/** A list of names and texts as a mapping; the last of a name wins. */
export function toMapping(
  list: readonly { readonly key: string; readonly value: string }[] = [],
): ReadonlyMap<string, string> {
  return new Map(list.map(({ key, value }) => [key, value]));
}
