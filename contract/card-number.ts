/**
 * Finds card numbers in free text, so that none is ever stored, sent or logged.
 *
 * A run of 13 to 19 digits that passes the Luhn check counts, also when it is grouped by spaces, dots or dashes, and
 * also when more digits (an expiry, a CVC) follow it. Digits of other scripts are folded first.
 */
export function findCardNumbers(text: string): readonly { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  // One code unit in, one out: positions in the folded text are positions in the original.
  const folded = text.split('').map(foldDigit).join('');
  for (const run of folded.matchAll(/\d(?:[ .\-_/]{0,2}\d){12,}/gu)) {
    const digitAt = run[0].split('').flatMap((character, index) => (/\d/u.test(character) ? [run.index + index] : []));
    for (let first = 0; first + 13 <= digitAt.length; first += 1) {
      const startsGroup = first === 0 || digitAt[first]! - digitAt[first - 1]! > 1;
      if (!startsGroup) continue;
      const length = cardNumberLength(digitAt.slice(first).map((index) => folded[index]).join(''));
      if (length === 0) continue;
      found.push({ start: digitAt[first]!, end: digitAt[first + length - 1]! + 1 });
      first += length - 1;
    }
  }
  return found;
}

export function containsCardNumber(text: string): boolean {
  return findCardNumbers(text).length > 0;
}

/** How many of the leading digits are a card number; 0 if none are. */
function cardNumberLength(digits: string): number {
  if (digits.length <= 19 && passesLuhn(digits)) return digits.length;
  const lengths = digits.startsWith('34') || digits.startsWith('37') ? [15] : /^[2-6]/u.test(digits) ? [16, 19, 13] : [];
  return lengths.find((length) => digits.length > length && passesLuhn(digits.slice(0, length))) ?? 0;
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    sum += index % 2 === 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0 && !/^0+$/u.test(digits);
}

function foldDigit(character: string): string {
  const folded = character.normalize('NFKC');
  return character.length === 1 && /^\d$/u.test(folded) ? folded : foldForeignDigit(character);
}

/** Arabic-Indic, Devanagari and the like: each block holds 0 to 9 in order, so the value is the distance to its zero. */
function foldForeignDigit(character: string): string {
  if (character.length !== 1 || !/\p{Nd}/u.test(character)) return character;
  let zero = character.codePointAt(0)!;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && character.codePointAt(0)! - zero < 9) zero -= 1;
  return String(character.codePointAt(0)! - zero);
}
