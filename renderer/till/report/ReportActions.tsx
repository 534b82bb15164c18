import { Button } from '../../skin/Button.tsx';
import { usePrintKey } from '../use-print-key.ts';
import { useAllWords } from '../use-words.ts';
import type { ReportPapers } from './use-report-papers.ts';

type Props = { readonly sequence: number | null; readonly papers: ReportPapers; readonly onCompare: (sequence: number | null) => void };

/** A report on paper, in a file, and beside JustiFi's payments. `sequence`: of a closed day; null: as it is now. */
export function ReportActions({ sequence, papers, onCompare }: Props) {
  const { report: words, till } = useAllWords();
  usePrintKey(() => {
    if (!papers.busy) papers.print(sequence);
  });
  return (
    <>
      <Button shortcut={{ key: 'Control+P', shown: 'Ctrl+P' }} className="quiet" isDisabled={papers.busy} onPress={() => papers.print(sequence)}>
        {words.print}
      </Button>
      {papers.skip !== null && (
        <Button className="quiet" onPress={papers.skip}>
          {till.receipt.skip}
        </Button>
      )}
      <Button className="quiet" isDisabled={papers.busy} onPress={() => papers.save(sequence)}>
        {words.save}
      </Button>
      <Button className="quiet" onPress={() => onCompare(sequence)}>
        {words.compare.open}
      </Button>
    </>
  );
}
