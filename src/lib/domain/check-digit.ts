/** Check digits that several numbers share. Sources: ISO/IEC 7064 (MOD 11,10), ISO/IEC 7812-1 annex B (Luhn). */

/** The check digit of a string of digits by ISO 7064 MOD 11,10. */
export function mod1110(digits: string): string {
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return String((11 - product) % 10);
}

/** The last digit of a bank card, from the digits before it. */
export function luhn(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const value = Number(digits.charAt(digits.length - 1 - i)) * (i % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return String((10 - (sum % 10)) % 10);
}
