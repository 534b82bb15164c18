/** Digits of a receipt's code: ten that name the sale, and two that check them. */
const NAMES = 10n ** 10n;
const MODULUS = 97n;

/**
 * The code on a sale's receipt, from the sale's id: 12 digits, printed as Code 128-C. Two sales share one with a chance of one in ten thousand
 * million; a search by code compares ids.
 *
 * A UPC-A has 12 digits too. None of these codes passes the check of a UPC, and no valid UPC is taken for one.
 */
export function receiptCode(saleId: string): string {
  for (let name = BigInt(`0x${hexadecimal(saleId)}`) % NAMES; ; name = (name + 1n) % NAMES) {
    const code = withCheckDigits(name);
    if (!isUpc(code)) return code;
  }
}

/** Returns the 12 digits if a scanned or typed text is the code of a receipt, else null. Groups may be separated: "1234 5678 9012". */
export function readReceiptCode(text: string): string | null {
  const digits = text.replaceAll(/[\s-]/gu, '');
  return /^\d{12}$/u.test(digits) && withCheckDigits(BigInt(digits.slice(0, -2))) === digits && !isUpc(digits) ? digits : null;
}

/** "1234 5678 9012" */
export function shownReceiptCode(code: string): string {
  return code.replaceAll(/(\d{4})(?=\d)/gu, '$1 ');
}

/** ISO 7064, MOD 97-10: the whole number leaves 1. One wrong digit, or two neighbours that changed places, are always noticed. */
function withCheckDigits(name: bigint): string {
  const check = (MODULUS + 1n - ((name * 100n) % MODULUS)) % MODULUS;
  return `${String(name).padStart(10, '0')}${String(check).padStart(2, '0')}`;
}

/** https://www.gs1.org/services/how-calculate-check-digit-manually: weights 3 and 1 from the left, the sum is a multiple of ten. */
function isUpc(digits: string): boolean {
  return Array.from(digits, Number).reduce((sum, digit, place) => sum + digit * (place % 2 === 0 ? 3 : 1), 0) % 10 === 0;
}

/** An id that is not made by Counter is not a UUID; its characters count then. */
function hexadecimal(id: string): string {
  const plain = id.replaceAll('-', '');
  return /^[\da-f]+$/iu.test(plain) ? plain : Array.from(id, (character) => character.codePointAt(0)!.toString(16)).join('');
}
