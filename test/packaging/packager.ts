import { type Result, failed, ok } from '../../contract/result.ts';

/*
 * Who hands a package on. A deb has to name a person who can be written to, and package.json and electron-builder.yml name none: whom the people at
 * a shop can ask is known only to those who pack for it.
 */

/** The packager's options for electron-builder, and the other arguments of `npm run dist`. */
export type Packager = {
  readonly options: readonly string[];
  readonly others: readonly string[];
  /** The package has a placeholder in place of these. */
  readonly missing: readonly string[];
};

const MAINTAINER = '--maintainer';
const HOMEPAGE = '--homepage';

/** "Jo Shop <jo@shop.example>", as Debian's policy wants it (https://www.debian.org/doc/debian-policy/ch-controlfields.html#maintainer). */
const PERSON = /^(?<name>[^<>"\p{Cc}]*[^<>"\p{Cc}\s])\s*<(?<email>[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+)>$/u;

/** Takes --maintainer and --homepage out of the arguments. The failure is a sentence. */
export function packagerOf(args: readonly string[]): Result<Packager, string> {
  const maintainer = take(args, MAINTAINER);
  const homepage = take(maintainer.others, HOMEPAGE);
  const person = PERSON.exec(maintainer.value ?? '')?.groups;
  if (maintainer.value !== null && person === undefined) return failed(`${MAINTAINER} takes a name and an e-mail address: ${MAINTAINER} "Jo Shop <jo@shop.example>".`);
  if (homepage.value !== null && !/^https?:\/\/[^\s/]+\S*$/u.test(homepage.value)) return failed(`${HOMEPAGE} takes a web address: ${HOMEPAGE} https://shop.example.`);
  return ok({
    options: [
      ...(person === undefined ? [] : [`-c.linux.maintainer=${maintainer.value}`, `-c.extraMetadata.author.name=${person['name']}`, `-c.extraMetadata.author.email=${person['email']}`]),
      ...(homepage.value === null ? [] : [`-c.extraMetadata.homepage=${homepage.value}`]),
    ],
    others: homepage.others,
    missing: [...(maintainer.value === null ? [MAINTAINER] : []), ...(homepage.value === null ? [HOMEPAGE] : [])],
  });
}

/** Null: both are given. */
export function placeholderSentence(missing: readonly string[]): string | null {
  if (missing.length === 0) return null;
  return `This package has placeholders in it (${missing.join(', ')}). Before it goes to a shop: npm run dist -- ${MAINTAINER} "Jo Shop <jo@shop.example>" ${HOMEPAGE} https://shop.example`;
}

/** "--name value" or "--name=value"; the last one counts. */
function take(args: readonly string[], name: string): { readonly value: string | null; readonly others: readonly string[] } {
  let value: string | null = null;
  const others: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const argument = args[at]!;
    if (argument === name) value = args[(at += 1)] ?? '';
    else if (argument.startsWith(`${name}=`)) value = argument.slice(name.length + 1);
    else others.push(argument);
  }
  return { value, others };
}
