import type { ConnectionFailure } from '../../../contract/connection-failure.ts';
import { LARGEST_AMOUNT_IN_CENTS } from '../../../contract/money.ts';
import type { ChargeProblem } from '../../../contract/problem.ts';
import { assertNever } from '../../../contract/result.ts';
import { Button } from '../../skin/Button.tsx';
import { Sign } from '../../skin/Sign.tsx';
import { codeOf, say } from '../../../words/sentences.ts';
import type { SaleWords } from '../../../words/catalogue.ts';
import { useWords } from '../use-words.ts';
import type { EntryNote, SaleEntry } from './use-sale-entry.ts';
import { Said } from '../Said.tsx';

type Props = { readonly typing: SaleEntry; readonly problem: ChargeProblem | null; readonly connectionFailure: ConnectionFailure | null };

/** The id of the error's sentence. */
export const ENTRY_PROBLEM = 'entry-problem';

/** The notes about the entry: a question before the charge, an error, or the result of a scan. */
export function EntryNotes({ typing, problem, connectionFailure }: Props) {
  const words = useWords();
  const { till } = words;
  const { note, doubt, takeAsAmount } = typing;
  const shown: ChargeProblem | null = connectionFailure === null ? problem : { kind: 'no-connection', ...connectionFailure };
  const isRefused = note?.kind === 'refused';
  const sentence = isRefused ? refusedSentence(note.what, words) : shown === null ? null : say(till.problem, shown);
  const isQuestion = !isRefused && connectionFailure === null && doubt !== undefined;
  const digits = note !== null && 'digits' in note ? note.digits : null;
  return (
    <div className="entry-notes">
      {note !== null && note.kind !== 'refused' && <Said>{noteSentence(note, typing.amountInCents, words)}</Said>}
      {digits !== null && (
        <Button className="quiet" onPress={() => takeAsAmount(digits)}>
          {till.enter.useAsAmount}
        </Button>
      )}
      <Said isWarning id={ENTRY_PROBLEM} className={isQuestion ? 'question' : 'problem'}>
        {isQuestion && <Sign kind="unknown" />}
        {sentence}
        {!isRefused && codeOf(shown) !== null && <small> ({codeOf(shown)})</small>}
      </Said>
    </div>
  );
}

function refusedSentence(what: Extract<EntryNote, { kind: 'refused' }>['what'], { till }: SaleWords): string {
  return what === 'not-an-amount' ? till.enter.notAnAmount : say(till.problem, { kind: what, largestInCents: LARGEST_AMOUNT_IN_CENTS });
}

function noteSentence(note: Exclude<EntryNote, { kind: 'refused' }>, amountInCents: number, { till, format }: SaleWords): string {
  switch (note.kind) {
    case 'barcode':
      return till.enter.barcode;
    case 'barcode-taken':
      return till.enter.barcodeTaken;
    case 'barcode-odd':
      return till.enter.barcodeOdd;
    case 'press-again':
      return till.enter.pressAgain(format.money(amountInCents));
    case 'num-lock':
      return till.enter.numLock;
    default:
      return assertNever(note);
  }
}
