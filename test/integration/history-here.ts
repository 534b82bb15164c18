import type { OpenHistory } from '../../main/history/history-thread.ts';
import { createHistoryTasks } from '../../main/history/history-tasks.ts';
import { failed, ok } from '../../contract/result.ts';

/** The history of a register, read by the spec itself. */
export const historyHere: OpenHistory = (paths, log) => {
  const tasks = createHistoryTasks(paths, () => Promise.resolve());
  return {
    async ask(task) {
      try {
        await tasks.catchUp();
        return ok((await tasks.do(task)) as never);
      } catch (error) {
        log(String(error));
        return failed({ kind: 'history-unreadable' });
      }
    },
    warm() {},
    close: tasks.close,
  };
};
