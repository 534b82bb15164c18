import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Input, Label, ListBox, ListBoxItem, ListBoxLoadMoreItem, ListLayout, SearchField, Virtualizer } from 'react-aria-components';
import type { HistoryLine, HistoryPage } from '../../../contract/history.ts';
import type { PrintingView } from '../../../contract/printing.ts';
import type { ManagerView, TillSnapshot } from '../../../contract/till-snapshot.ts';
import { Button } from '../../skin/Button.tsx';
import { say } from '../../../words/sentences.ts';
import { useShortcuts } from '../use-shortcuts.ts';
import { useAllWords } from '../use-words.ts';
import { Said } from '../Said.tsx';
import type { HistoryBridge } from './history-bridge.ts';
import { OpenLinks } from './OpenLinks.tsx';
import { SalePage } from './SalePage.tsx';

type Props = {
  readonly bridge: HistoryBridge;
  readonly manager: ManagerView;
  readonly printing: PrintingView;
  readonly links: Pick<TillSnapshot, 'openLinks' | 'openLinkCount'>;
  /** The sale to begin with; null: the list. */
  readonly saleId: string | null;
  /** Begins with giving that sale's money back. */
  readonly isGivingBack: boolean;
  readonly onReport: () => void;
  readonly onClose: () => void;
};

/** Pixels, about: the virtualizer draws only the lines in sight, and measures them. */
const LINE_HEIGHT = 56;
/** While years of sales are read from the journal. */
const LOOK_AGAIN_MS = 1_000;

/** All sales of this register: one field that finds them, newest first, and a page for each. */
export function History({ bridge, manager, printing, links, saleId, isGivingBack, onReport, onClose }: Props) {
  const [opened, setOpened] = useState(saleId);
  if (opened !== null) return <SalePage key={opened} saleId={opened} isGivingBack={isGivingBack && opened === saleId} bridge={bridge} manager={manager} printing={printing} onBack={saleId === null ? () => setOpened(null) : onClose} />;
  return <SaleList bridge={bridge} links={links} onOpen={setOpened} onReport={onReport} onClose={onClose} />;
}

type ListProps = Pick<Props, 'bridge' | 'links' | 'onReport' | 'onClose'> & { readonly onOpen: (saleId: string) => void };

function SaleList({ bridge, links, onOpen, onReport, onClose }: ListProps) {
  const words = useAllWords();
  const { history, report, till } = words;
  const { text, search, lines, page, problem, loadMore, loadAgain } = useSales(bridge);
  useShortcuts((key) => {
    if (key === 'F7') onReport();
    else if (key === 'Escape' || key === 'F6') onClose();
    else return false;
    return true;
  });
  return (
    <main className="history">
      <header>
        <h1>{history.title}</h1>
        <div className="next">
          <Button shortcut={{ key: 'F7', shown: 'F7' }} onPress={onReport}>
            {report.open}
          </Button>
          <Button shortcut={{ key: 'Escape', shown: till.keys.escape }} className="quiet" onPress={onClose}>
            {history.back}
          </Button>
        </div>
      </header>
      <SearchField className="field" autoFocus value={text} onChange={search} onSubmit={() => lines.length === 1 && onOpen(lines[0]!.saleId)}>
        <Label>{history.search}</Label>
        <Input autoComplete="off" maxLength={200} />
      </SearchField>
      <OpenLinks {...links} />
      <Said className="history-status">
        {page?.building !== null && page?.building !== undefined && history.building(page.building.done, page.building.of)}
        {page !== null && page.building === null && lines.length === 0 && history.nothing}
        {problem !== null && say(history.problem, problem)}
      </Said>
      {problem !== null && <Button onPress={loadAgain}>{till.result.tryAgain}</Button>}
      <Virtualizer layout={ListLayout} layoutOptions={{ estimatedRowHeight: LINE_HEIGHT }}>
        <ListBox aria-label={history.title} className="history-list" selectionMode="none" onAction={(key) => onOpen(String(key))}>
          {lines.map((line) => (
            <Line key={line.saleId} line={line} />
          ))}
          <ListBoxLoadMoreItem onLoadMore={loadMore} />
        </ListBox>
      </Virtualizer>
    </main>
  );
}

function Line({ line }: { readonly line: HistoryLine }) {
  const { history, format } = useAllWords();
  const { saleId, at, amountInCents, description, paidWith, state, givenBackInCents, cashier } = line;
  const amount = format.money(amountInCents);
  const facts = [history.states[state], ...(givenBackInCents > 0 && givenBackInCents < amountInCents ? [history.givenBack(format.money(givenBackInCents))] : []), ...(paidWith.last4 === null ? [] : [`•••• ${paidWith.last4}`])];
  return (
    <ListBoxItem id={saleId} textValue={`${amount} ${description}`} className={`history-line state-${state}`}>
      <span className="history-amount">{amount}</span>
      <span className="history-what">
        <bdi>{description}</bdi>
        <small>{facts.join(' · ')}</small>
      </span>
      <span className="history-when">
        {format.dayAndTime(at)}
        {cashier !== null && (
          <small>
            <bdi>{cashier}</bdi>
          </small>
        )}
      </span>
    </ListBoxItem>
  );
}

type Problem = { readonly kind: 'history-unreadable' | 'still-starting' };

/** The lines that the field finds, page after page. An answer to an older question is dropped. */
function useSales(bridge: HistoryBridge) {
  const [text, setText] = useState('');
  const [lines, setLines] = useState<readonly HistoryLine[]>([]);
  const [page, setPage] = useState<HistoryPage | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const asked = useRef(0);

  async function load(search: string, before: number | null): Promise<void> {
    const question = (asked.current += 1);
    const answer = await bridge.listSales({ search, before });
    if (question === asked.current) show(answer, before);
  }

  function show(answer: Awaited<ReturnType<HistoryBridge['listSales']>>, before: number | null): void {
    if (answer.kind === 'failed') return setProblem(answer.failure.kind === 'refused' ? { kind: 'history-unreadable' } : answer.failure);
    setProblem(null);
    setPage(answer.value);
    setLines((earlier) => (before === null ? answer.value.lines : [...earlier, ...answer.value.lines]));
  }

  const loadFirst = useEffectEvent(() => load(text, null));
  useEffect(() => void loadFirst(), []);
  const isBuilding = page?.building !== null && page?.building !== undefined;
  useEffect(() => {
    if (!isBuilding) return undefined;
    const timer = window.setInterval(() => void loadFirst(), LOOK_AGAIN_MS);
    return () => window.clearInterval(timer);
  }, [isBuilding]);

  return {
    text,
    search(typed: string) {
      setText(typed);
      void load(typed, null);
    },
    lines,
    page,
    problem,
    loadMore() {
      if (page !== null && page.next !== null) void load(text, page.next);
    },
    loadAgain: () => void load(text, null),
  };
}
