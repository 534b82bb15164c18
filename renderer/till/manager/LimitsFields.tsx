import { useAllWords } from '../use-words.ts';
import { Line } from './Line.tsx';
import { type LimitsFieldsProps, PROBLEM, isWrongAmount } from './typed-limits.ts';

/** The limits of a charge, and the amount above which it has to be confirmed. */
export function LimitsFields({ typed, problem, change }: LimitsFieldsProps) {
  const { limits: words } = useAllWords().manager;
  return (
    <>
      <div className="limits-pair">
        <Line problem={PROBLEM} setting="limits.smallestInCents" label={words.smallest} value={typed.smallest} isWrong={isWrongAmount(problem, 'smallest')} onChange={(smallest) => change({ smallest })} />
        <Line problem={PROBLEM} setting="limits.largestInCents" label={words.largest} value={typed.largest} isWrong={isWrongAmount(problem, 'largest')} onChange={(largest) => change({ largest })} />
      </div>
      <div className="limits-pair">
        <Line problem={PROBLEM} setting="limits.confirmAboveInCents" label={words.confirmAbove} hint={words.confirmAboveHint} value={typed.confirmAbove} isWrong={isWrongAmount(problem, 'confirmAbove')} onChange={(confirmAbove) => change({ confirmAbove })} />
        <Line problem={PROBLEM} setting="limits.sameAgainWithinMinutes" label={words.sameAgain} hint={words.sameAgainHint} value={typed.sameAgain} onChange={(sameAgain) => change({ sameAgain })} />
      </div>
    </>
  );
}
