import { assertNever } from '../../contract/result.ts';
import type { Said } from './line.ts';

/** The kind of event that a run counts, by a line of the till's. */
export function kindsOf(said: Said): readonly string[] {
  switch (said.kind) {
    case 'trouble':
      return KINDS_OF_TROUBLE[said.what] ?? [];
    case 'page':
      return said.what === 'is of no use on a completed checkout' ? ['form on a completed checkout'] : [];
    case 'wallet':
      return ['wallet asked to charge'];
    case 'log':
      if (said.what === 'checkout.not-kept') return ['change acknowledged and not kept'];
      return said.what === 'sezzle.window' ? [`window of Sezzle, ${/"word":"sezzle-([\w-]+)"/u.exec(said.detail)?.[1] ?? 'unknown'}`] : [];
    case 'screen':
    case 'remembers':
    case 'gave-back':
    case 'returned':
    case 'done':
      return [];
    default:
      return assertNever(said);
  }
}

const KINDS_OF_TROUBLE: Readonly<Partial<Record<string, readonly string[]>>> = {
  'the card fields answer late': ['form that answers late'],
  'the document with an insurance crashed after Pay': ['crashed after Pay, insured'],
  'the document of Sezzle crashed': ['crashed at Sezzle'],
  'the script of Sezzle does not load': ['script of Sezzle not loaded'],
  'the window of Sezzle stays open': ['window of Sezzle left open'],
};
