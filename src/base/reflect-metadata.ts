/**
 * The three functions of the reflect-metadata proposal that tsyringe, below @peculiar/x509, asks for when it loads. Must be
 * imported before it. Metadata lives on the target itself, under one symbol.
 */
const slot = Symbol.for('stoker.reflect-metadata');

type Target = object & { [slot]?: Map<unknown, unknown> };

const known: Record<string, unknown> = Reflect;

known.defineMetadata ??= (key: unknown, value: unknown, target: Target): void => {
  const own = Object.hasOwn(target, slot) ? target[slot] : undefined;
  const values = own ?? new Map<unknown, unknown>();
  if (own === undefined) Object.defineProperty(target, slot, { value: values });
  values.set(key, value);
};

known.getOwnMetadata ??= (key: unknown, target: Target): unknown =>
  Object.hasOwn(target, slot) ? target[slot]?.get(key) : undefined;

known.getMetadata ??= (key: unknown, target: Target): unknown => target[slot]?.get(key);
