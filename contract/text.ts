import { z } from 'zod';
import { containsCardNumber, maskCardNumbers } from './card-number.ts';
import { withoutControls } from './control-characters.ts';

/*
 * SECURITY: the doors for text. Every string of a channel and of a file has the schema of one of them: text-door.spec.ts walks all schemas and
 * fails on a bare string. None accepts control characters or a card number, except where main refuses the card number with a sentence.
 */

type TextKind = 'plain' | 'typed' | 'reported' | 'secret' | 'id' | 'kept';

/** The strings that came from a door here. */
export const textKinds = z.registry<{ readonly kind: TextKind }>();

/** Control characters are taken out; a card number is refused. Lengths in UTF-16 units. */
export function plainText(longest: number, shortest = 0): z.ZodString {
  return cleaned(longest, shortest).refine((text) => !containsCardNumber(text)).register(textKinds, { kind: 'plain' });
}

/** Typed text that main answers with a sentence: control characters are removed; card numbers are checked later. */
export function typedText(longest: number, shortest = 0): z.ZodString {
  return cleaned(longest, shortest).register(textKinds, { kind: 'typed' });
}

/** Text from pages, JustiFi and our own files: control characters and card numbers are taken out, and only what is too long is refused. */
export function reportedText(longest = Number.MAX_SAFE_INTEGER): z.ZodString {
  const text = longest === Number.MAX_SAFE_INTEGER ? z.string() : z.string().max(longest);
  return text.overwrite(withoutControls).overwrite(maskCardNumbers).register(textKinds, { kind: 'reported' });
}

/** A secret for the keychain, a hash or JustiFi, unchanged; never in a file, log or journal. */
export function secretText(longest: number, shortest = 0): z.ZodString {
  return z.string().min(shortest).max(longest).register(textKinds, { kind: 'secret' });
}

/** An id that Counter made (main/account/new-id.ts). */
export const ownId = z.uuid().refine((id) => !containsCardNumber(id));

/** An id from outside: one word. */
export function foreignId(longest: number): z.ZodString {
  return z.string().max(longest).regex(/^[\w-]*$/u).refine((id) => !containsCardNumber(id)).register(textKinds, { kind: 'id' });
}

/** One generated word. Digits that look like a card number are a part of an id or a hash. */
export function oneWord(longest: number): z.ZodString {
  return z.string().min(1).max(longest).regex(/^[\w-]+$/u).register(textKinds, { kind: 'id' });
}

/** An id in JustiFi's answer. Its digits may look like a card number: refusing it would lose a payment. */
export const answeredId = oneWord(100);

/** Text from the journal: it came through a door before the core wrote it, and the chain proves it since. */
export function keptText(): z.ZodString {
  return z.string().register(textKinds, { kind: 'kept' });
}

function cleaned(longest: number, shortest: number): z.ZodString {
  const text = z.string().max(longest).overwrite(withoutControls);
  return shortest === 0 ? text : text.min(shortest);
}
