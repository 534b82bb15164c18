import type { ReportComparison } from '../../../contract/report.ts';
import { Said } from '../Said.tsx';
import { useAllWords } from '../use-words.ts';

/** The result of a comparison with JustiFi: one sentence, then each difference. */
export function Comparison({ comparison }: { readonly comparison: ReportComparison | 'asking' }) {
  const { report: words, format } = useAllWords();
  const { compare } = words;
  if (comparison === 'asking') return <Said>{compare.working}</Said>;
  const { compared, differenceCount, differences, elsewhere, isComplete } = comparison;
  const verdict = differenceCount > 0 ? compare.found(differenceCount, compared) : compared === 0 ? compare.nothing : isComplete ? compare.same(compared) : null;
  const money = (cents: number | null) => (cents === null ? '–' : format.money(cents));
  return (
    <section className="report-beside">
      <h2>{compare.title}</h2>
      <Said>
        <strong>{verdict}</strong> {!isComplete && compare.incomplete}
      </Said>
      <ul>
        {differences.map(({ kind, at, description, paymentId, hereInCents, thereInCents, status }, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- a line never moves
          <li key={place}>
            <span>{at === null ? '–' : format.dayAndTime(at)}</span> {description !== null && <bdi>{description}</bdi>} <strong>{compare.differences[kind](money(hereInCents), money(thereInCents))}</strong>
            <small translate="no">{[paymentId, status].filter((part) => part !== null).join(' · ')}</small>
          </li>
        ))}
      </ul>
      {differenceCount > differences.length && <p>{words.more(differenceCount - differences.length)}</p>}
      {elsewhere.count > 0 && <p>{compare.elsewhere(elsewhere.count, elsewhere.amountInCents)}</p>}
    </section>
  );
}
