import type { CardReader, ReaderProblem } from '../../contract/card-reader.ts';
import { containsCardNumber } from '../../contract/card-number.ts';
import type { Locked } from '../../contract/channels.ts';
import { withoutControls } from '../../contract/control-characters.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';
import type { Audit } from './audit.ts';
import { type IsStillOpen, LOCKED, type ManagerHandlers } from './guard.ts';
import { type SettingsStore, changeSettings } from './settings-change.ts';

type PairedReader = { readonly terminalId: string; readonly name: string; readonly ofAccount: string; readonly isFirst: boolean };

/** The card readers of the account that is open, at JustiFi. */
type ReadersAtJustifi = {
  list(): Promise<Result<readonly CardReader[], JustifiFailure>>;
  rename(terminalId: string, nickname: string): Promise<Result<CardReader, JustifiFailure>>;
  identify(terminalId: string): Promise<Result<null, JustifiFailure>>;
  isConnected(terminalId: string): Promise<Result<boolean, JustifiFailure>>;
};

type CardReaderCallsParts = {
  /** Null: no account is open. */
  readonly terminals: () => ReadersAtJustifi | null;
  /** The id of the account in the settings. */
  readonly accountId: () => string;
  readonly isBusy: () => boolean;
  readonly audit: Pick<Audit, 'note' | 'noteFirst'>;
  readonly settings: SettingsStore<{ readonly cardReader: PairedReader | null }>;
  readonly onChange: () => void;
};

type CardReaderCalls = Pick<ManagerHandlers, 'readCardReaders' | 'pairCardReader' | 'renameCardReader' | 'identifyCardReader' | 'checkCardReader'>;

/** Pairs a card reader with this register, names it, and lets it identify itself. */
export function cardReaderCalls(parts: CardReaderCallsParts): CardReaderCalls {
  const { settings, audit } = parts;

  async function ask<Value>(question: (readers: ReadersAtJustifi) => Promise<Result<Value, JustifiFailure>>, mayAnswer: IsStillOpen): Promise<Result<Value, ReaderProblem> | Locked> {
    const readers = parts.terminals();
    if (readers === null) return failed({ kind: 'no-account' });
    const answer = await question(readers);
    if (!mayAnswer()) return LOCKED;
    return answer.kind === 'ok' ? answer : failed(readerProblem(answer.failure));
  }

  function keep(cardReader: PairedReader | null): Result<null, ReaderProblem> {
    if (parts.isBusy()) return failed({ kind: 'sale-in-progress' });
    const changed = changeSettings({ settings, audit }, { cardReader });
    parts.onChange();
    if (changed.kind === 'ok') return changed;
    return failed({ kind: changed.failure.kind === 'audit-unwritable' ? 'audit-unwritable' : 'settings-unwritable' });
  }

  return {
    readCardReaders: (_input, isStillOpen) => ask((readers) => readers.list(), isStillOpen),
    async pairCardReader(order, isStillOpen) {
      if (order === null) return keep(null);
      const listed = await ask((readers) => readers.list(), isStillOpen);
      if (listed.kind === 'failed') return listed;
      // One of another account, or of none, is not paired.
      const found = listed.value.find(({ terminalId }) => terminalId === order.terminalId);
      return found === undefined ? failed({ kind: 'reader-unknown' }) : keep({ ...order, name: found.name, ofAccount: parts.accountId() });
    },
    async renameCardReader({ terminalId, name }, isStillOpen) {
      const nickname = withoutControls(name).trim();
      if (nickname === '' || containsCardNumber(nickname)) return failed({ kind: 'name-empty' });
      // Asked before any lock, so it is answered.
      const renamed = await ask((readers) => readers.rename(terminalId, nickname), () => true);
      const { cardReader } = settings.read();
      // JustiFi has saved the name; the settings are not changed after a lock.
      if (renamed.kind === 'failed' || cardReader?.terminalId !== terminalId || !isStillOpen()) return renamed;
      const kept = keep({ ...cardReader, name: nickname });
      return kept.kind === 'ok' ? renamed : kept;
    },
    identifyCardReader: ({ terminalId }, isStillOpen) => ask((readers) => readers.identify(terminalId), isStillOpen),
    async checkCardReader({ terminalId }, isStillOpen) {
      const answer = await ask((readers) => readers.isConnected(terminalId), isStillOpen);
      return answer.kind === 'ok' ? ok({ isConnected: answer.value }) : answer;
    },
  };
}

function readerProblem(failure: JustifiFailure): ReaderProblem {
  if (failure.kind === 'invalid') return { kind: failure.status === 404 ? 'reader-unknown' : 'reader-offline' };
  return { kind: failure.kind === 'forbidden' || failure.kind === 'unauthorised' ? 'not-allowed' : 'no-answer' };
}
