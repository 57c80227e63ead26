/** Arithmetic in the field of 32 elements, polynomial x^5 + x^2 + 1: one element is one character of a support code. */

const POLYNOMIAL = 0b100101;
const powers: number[] = [];
for (let element = 1; powers.length < 31;) {
  powers.push(element);
  element <<= 1;
  if ((element & 32) !== 0) element ^= POLYNOMIAL;
}
const logarithms = new Map(powers.map((element, exponent) => [element, exponent]));

/** The generator to the power of an exponent. */
export function power(exponent: number): number {
  return powers[((exponent % 31) + 31) % 31] ?? 1;
}

/** The exponent of an element; null for 0, which has none. */
export function logarithm(element: number): number | null {
  return logarithms.get(element) ?? null;
}

export function multiply(one: number, other: number): number {
  const [a, b] = [logarithm(one), logarithm(other)];
  return a === null || b === null ? 0 : power(a + b);
}
