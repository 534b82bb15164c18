import type { HistoryLine, HistoryPage } from '../../contract/history.ts';
import type { Figures, FiguresOrder } from './figures.ts';
import type { TakenOrder, TakenSales } from './taken-sales.ts';
import { type HistoryFile, type HistoryPaths, openHistoryFile } from './history-file.ts';
import type { Moment, MomentsOrder } from './moments.ts';
import type { PageOrder, TwinsOrder } from './pages.ts';
import type { Progress } from './projection.ts';

/** A question to the history. Plain data: it is sent to a thread. */
export type HistoryTask =
  | { readonly kind: 'page'; readonly order: PageOrder }
  | { readonly kind: 'twins'; readonly order: TwinsOrder }
  | { readonly kind: 'figures'; readonly order: FiguresOrder }
  | { readonly kind: 'taken'; readonly order: TakenOrder }
  | { readonly kind: 'moments'; readonly order: MomentsOrder };

export type HistoryAnswers = {
  readonly page: HistoryPage;
  readonly twins: readonly HistoryLine[];
  /** Includes every entry of the journal at the time of the question. */
  readonly figures: Figures;
  readonly taken: TakenSales;
  readonly moments: readonly Moment[];
};

/** Does the tasks of one history. `pause` lets newer questions come in. */
type HistoryTasks = {
  /** Throws when the journal or the history cannot be read. */
  do(task: HistoryTask): Promise<HistoryAnswers[HistoryTask['kind']]>;
  /** Reads everything that the journal holds, a part at a time. */
  catchUp(): Promise<void>;
  close(): void;
};

export function createHistoryTasks(paths: HistoryPaths, pause: () => Promise<void>): HistoryTasks {
  let file: HistoryFile | null = null;
  let catchingUp: Promise<void> | null = null;
  const history = () => (file ??= openHistoryFile(paths));

  async function readAll(): Promise<void> {
    for (let { done, of } = history().step(); done < of; { done, of } = history().step()) {
      // oxlint-disable-next-line no-await-in-loop -- newer questions are answered in between
      await pause();
    }
  }

  function catchUp(): Promise<void> {
    catchingUp ??= readAll().finally(() => (catchingUp = null));
    return catchingUp;
  }

  return {
    catchUp,
    close: () => file?.close(),
    async do(task) {
      if (task.kind !== 'page') {
        await catchUp();
        // A history that is being rebuilt lacks money.
        const { done, of } = history().step();
        if (done < of) throw new Error('The history is being read from the journal');
        if (task.kind === 'twins') return history().twins(task.order);
        if (task.kind === 'moments') return history().moments(task.order);
        return task.kind === 'figures' ? history().figures(task.order) : history().taken(task.order);
      }
      // The newest sales are in the list at once; years of older ones are read while it is shown.
      const progress = history().step();
      if (progress.done < progress.of) void catchUp().catch(() => {});
      return { ...history().page(task.order), building: buildingOf(progress) };
    },
  };
}

function buildingOf({ done, of }: Progress): HistoryPage['building'] {
  return done < of ? { done, of } : null;
}
