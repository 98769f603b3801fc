import { trimEndOf } from './trim-end.ts';

/**
 * Kubernetes quantities ("500m", "1Gi", "1.5e3") compared by value: the API server rewrites them ("1000m" becomes "1"),
 * so texts must never be compared (apimachinery, pkg/api/resource).
 */

const pattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:([KMGTPE]i)|([numkMGTPE])|[eE]([+-]?\d+))?$/;

/** 10^exponent of a decimal suffix. */
const decimalExponents: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
/** 2^exponent of a binary suffix. */
const binaryExponents: Readonly<Record<string, bigint>> = { Ki: 10n, Mi: 20n, Gi: 30n, Ti: 40n, Pi: 50n, Ei: 60n };

/** `digits` × 10^`decimals` × 2^`binary`. */
interface Parsed {
  readonly digits: bigint;
  readonly decimals: number;
  readonly binary: bigint;
}

/** The power of ten that a decimal suffix or an exponent stands for. */
function readPower(suffix: string | undefined, exponent: string | undefined, text: string): number {
  const power = suffix === undefined ? Number(exponent ?? 0) : (decimalExponents[suffix] ?? 0);
  if (Math.abs(power) > 400) throw new SyntaxError(`Cannot parse quantity "${text}": the exponent is out of range`);
  return power;
}

function parse(quantity: string | number): Parsed {
  const text = String(quantity);
  const match = pattern.exec(text);
  const [, sign, whole = '', fraction = '', binary = '', decimal, exponent] = match ?? [];
  if (whole + fraction === '') throw new SyntaxError(`Cannot parse quantity "${text}"`);
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  const decimals = readPower(decimal, exponent, text) - fraction.length;
  return { digits, decimals, binary: binaryExponents[binary] ?? 0n };
}

/** Rounds away from zero, as the API server does with what is finer than it keeps. */
function divideUp(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  if (value % by === 0n) return quotient;
  return value < 0n ? quotient - 1n : quotient + 1n;
}

/** The value in units of 10^-`scale`, rounded up to them. */
function scaled(quantity: string | number, scale: number): bigint {
  const { digits, decimals, binary } = parse(quantity);
  const shifted = digits * 2n ** binary;
  const power = decimals + scale;
  return power >= 0 ? shifted * 10n ** BigInt(power) : divideUp(shifted, 10n ** BigInt(-power));
}

/**
 * One text for all spellings of a value: "1", "1000m" and "1.0" give the same. For comparing and hashing, not for showing.
 * @param scale decimals kept, 9 by default; resource lists of containers keep 3.
 * @throws {SyntaxError} when it is no quantity.
 */
export function canonicalQuantity(quantity: string | number, scale = 9): string {
  const value = scaled(quantity, scale);
  const sign = value < 0n ? '-' : '';
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const fraction = trimEndOf(digits.slice(digits.length - scale), '0');
  const whole = digits.slice(0, digits.length - scale);
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/**
 * As Go's `Quantity.AsApproximateFloat64`: the digits times the power, one floating-point multiplication, so that 1.15 is
 * 1.1500000000000001 there and here (what the reference writes into prometheus.yml).
 * @throws {SyntaxError} when it is no quantity.
 */
export function approximateFloat(quantity: string | number): number {
  const { digits, decimals, binary } = parse(quantity);
  const base = Number(digits * 2n ** binary);
  return decimals === 0 ? base : base * Number(`1e${decimals}`);
}

/**
 * By value: negative when `a` is less, 0 when they are the same, positive when it is more.
 * @throws {SyntaxError} when one is no quantity.
 */
export function compareQuantities(a: string | number, b: string | number): number {
  const difference = scaled(a, 9) - scaled(b, 9);
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}
