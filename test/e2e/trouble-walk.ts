import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { holdJournal } from './held-journal.ts';
import { scan, typeByHand } from './keys.ts';
import type { FirstScreen, TillApp } from './till-app.ts';

export type TroubleWalk = {
  readonly userData: string;
  /** Starts the till on `userData`. */
  readonly open: (till: FirstScreen) => Promise<TillApp>;
  /** `name` is the same in every language. */
  readonly lookAt: (name: string, app: TillApp) => Promise<void>;
};

/** Goes through the screens of a till in trouble, in training mode and by keys and places alone: it works in every language. */
export async function walkTroubles({ userData, open, lookAt }: TroubleWalk): Promise<void> {
  const app = await open('keypad');
  const { till } = app;
  await scan(till, '4006381333931');
  await till.locator('.entry-notes p').filter({ hasText: /\S/u }).waitFor();
  await lookAt('a scan', app);

  await typeByHand(till, '1799');
  const letGo = await holdJournal(join(userData, 'training.db'), 'writing');
  await till.keyboard.press('F9');
  await till.locator('section.late').waitFor();
  await lookAt('journal in use', app);
  await letGo();
  await app.form();
  await app.counter.power('suspend');
  await app.counter.power('resume');
  await till.locator('.paying .problem').waitFor();
  await app.form();
  await lookAt('emptied form', app);
  await app.counter.close();

  const journal = new DatabaseSync(join(userData, 'training.db'));
  journal.exec('PRAGMA user_version = 999');
  journal.close();
  rmSync(join(userData, 'training.mirror'), { recursive: true });
  const newer = await open('keypad');
  await newer.till.locator('section.late').waitFor();
  await lookAt('journal of a newer Counter', newer);
  await newer.counter.close();

  // Something was sold for money here, and the settings are gone.
  copyFileSync(join(userData, 'training.db'), join(userData, 'live-acc_shop.db'));
  for (const name of ['settings.json', 'settings.json.copy']) rmSync(join(userData, name));
  const stopped = await open('stopped');
  await lookAt('stopped', stopped);
  await stopped.counter.close();
}
