/**
 * Finds card numbers in text, so that none is stored, sent or logged.
 *
 * Digits with only a few signs, blanks and invisible characters between them are one run, in any script they are
 * written. A run holds a card number when 14, 15, 16 or 19 of its digits in a row begin as an issuer's numbers of that length do and pass
 * the Luhn check. docs/security.md has the rates of false and missed matches.
 */
type Digit = { readonly value: string; /** Only invisible characters are between this digit and the one before it. */ readonly isGlued: boolean; readonly start: number; readonly end: number };

/** By length: how the issuers' numbers begin. There are none of 13 digits any more, and every EAN has 13. */
const ISSUERS: ReadonlyMap<number, RegExp> = new Map([
  [14, /^(?:30|36|38)/u],
  [15, /^3[47]/u],
  [16, /^(?:222[1-9]|22[3-9]|2[3-6]|27[01]|2720|352[89]|35[3-8]|4|5[1-5]|6)/u],
  [19, /^[46]/u],
]);
const SHORTEST = 14;

/** " - " is three. */
const MOST_SIGNS_BETWEEN = 3;
const INVISIBLE = /^(?:\p{Default_Ignorable_Code_Point}|\p{Cf}|\p{M}|(?!\s)\p{Cc})$/u;
const DIGIT = /^\p{Nd}$/u;
const WORD = /^[\p{L}\p{N}]$/u;
const DATE = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/u;
const DATE_LENGTH = 8;

export function containsCardNumber(text: string): boolean {
  return runsOf(text).some(holdsCardNumber);
}

/** The text without its card numbers, and without the digits beside them: those may be an expiry or a security code. */
export function maskCardNumbers(text: string): string {
  let masked = text;
  for (const run of runsOf(text).filter(holdsCardNumber).toReversed()) masked = `${masked.slice(0, run[0]!.start)}[number]${masked.slice(run.at(-1)!.end)}`;
  return masked;
}

/** Only those that are long enough. */
function runsOf(text: string): readonly (readonly Digit[])[] {
  const runs: Digit[][] = [];
  let run: Digit[] = [];
  let signsBetween = 0;
  let at = 0;
  const endRun = () => {
    if (run.length >= SHORTEST) runs.push(run);
    run = [];
  };
  for (const point of text) {
    const start = at;
    at += point.length;
    if (INVISIBLE.test(point)) continue;
    // Full-width, circled, raised and mathematical digits become plain ones, "⑿" two.
    for (const character of point.normalize('NFKC')) {
      if (DIGIT.test(character)) {
        if (signsBetween > MOST_SIGNS_BETWEEN) endRun();
        run.push({ value: plainDigit(character), isGlued: run.length > 0 && signsBetween === 0, start, end: at });
        signsBetween = 0;
      } else if (WORD.test(character)) {
        endRun();
        signsBetween = 0;
      } else if (!INVISIBLE.test(character)) signsBetween += 1;
    }
  }
  endRun();
  return runs;
}

function holdsCardNumber(run: readonly Digit[]): boolean {
  const digits = run.map(({ value }) => value).join('');
  const insideDate = new Set<number>();
  for (let first = 0; first + SHORTEST <= digits.length; first += 1) {
    if (run[first]!.isGlued) {
      // "20261126" followed by a sequence number: no card number begins inside a date.
      if (insideDate.has(first)) continue;
    } else if (DATE.test(digits.slice(first))) for (let place = 1; place < DATE_LENGTH; place += 1) insideDate.add(first + place);
    for (const [length, issuer] of ISSUERS) {
      const candidate = digits.slice(first, first + length);
      if (candidate.length === length && issuer.test(candidate) && passesLuhn(candidate)) return true;
    }
  }
  return false;
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    sum += index % 2 === 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}

/** Unicode keeps the ten digits of a script in order, and where scripts follow each other, ten by ten. */
function plainDigit(character: string): string {
  const code = character.codePointAt(0)!;
  let zero = code;
  while (DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}
