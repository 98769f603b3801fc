/** Quantities as the API server writes them: "1000m" becomes "1", "1024Mi" becomes "1Gi" (apimachinery, pkg/api/resource). */

const decimalSuffixes: readonly [string, number][] = [
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
];
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

const pattern = /^([+-]?)(\d*)(?:\.(\d*))?([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+|)$/;

/** Undefined when `text` is no quantity. */
export function renderQuantity(text: string): string | undefined {
  const [, sign = '', whole = '', fraction = '', suffix = ''] = pattern.exec(text) ?? [];
  if (whole + fraction === '') return undefined;
  const binary = binarySuffixes.indexOf(suffix);
  const negative = sign === '-' ? '-' : '';
  /** The value in units of 10^-9, rounded up. */
  const nanos = toNanos(BigInt(whole + fraction), fraction.length, suffix);
  if (nanos === 0n) return '0';
  if (binary > 0 && nanos >= 1024n * 10n ** 9n && nanos % 10n ** 9n === 0n) return negative + renderBinary(nanos);
  const exponent = /^[eE][+-]?\d/.test(suffix);
  return negative + renderDecimal(nanos, exponent);
}

function toNanos(digits: bigint, fractionDigits: number, suffix: string): bigint {
  const binary = binarySuffixes.indexOf(suffix);
  const decimal = decimalSuffixes.find(([name]) => name === suffix)?.[1];
  const power = 9 - fractionDigits + (binary > 0 ? 0 : (decimal ?? Number(suffix.slice(1))));
  const value = binary > 0 ? digits * 1024n ** BigInt(binary) : digits;
  if (power >= 0) return value * 10n ** BigInt(Math.min(power, 400));
  const unit = 10n ** BigInt(-power);
  return (value + unit - 1n) / unit;
}

function renderBinary(nanos: bigint): string {
  let value = nanos / 10n ** 9n;
  let at = 0;
  while (value % 1024n === 0n && at < binarySuffixes.length - 1) {
    value /= 1024n;
    at += 1;
  }
  return `${value}${binarySuffixes[at] ?? ''}`;
}

function renderDecimal(nanos: bigint, exponent: boolean): string {
  let value = nanos;
  let at = 0;
  while (value % 1000n === 0n && at < decimalSuffixes.length - 1) {
    value /= 1000n;
    at += 1;
  }
  const [suffix, power] = decimalSuffixes[at] ?? ['', 0];
  if (!exponent) return `${value}${suffix}`;
  return power === 0 ? String(value) : `${value}e${power}`;
}
