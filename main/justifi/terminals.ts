import { z } from 'zod';
import { type Result, ok } from '../../contract/result.ts';
import type { CardReader } from '../../contract/card-reader.ts';
import { answeredId, reportedText } from '../../contract/text.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';
import type { Terminals } from '../sale/reader/terminals.ts';
import type { JustifiApi } from './api.ts';
import { readPages } from './pages.ts';
import { maybeId, word } from './payment-method.ts';

const session = z.object({ data: z.object({ id: answeredId, checkout_id: maybeId, terminal_id: maybeId }) });
const terminalStatus = z.object({ data: z.object({ status: word }) });
const terminal = z.object({
  id: answeredId,
  status: word.nullish(),
  nickname: reportedText(100).nullish(),
  model_name: reportedText(60).nullish(),
  provider_serial_number: reportedText(60).nullish(),
});
const oneTerminal = z.object({ data: terminal });
/** A shop has a handful. */
const MOST_PAGES = 4;

/** JustiFi's terminals of one account, for the sale and for the manager who pairs one. */
export type AccountTerminals = Terminals & {
  list(): Promise<Result<readonly CardReader[], JustifiFailure>>;
  rename(terminalId: string, nickname: string): Promise<Result<CardReader, JustifiFailure>>;
  /** It shows its nickname or serial number for 20 seconds. */
  identify(terminalId: string): Promise<Result<null, JustifiFailure>>;
};

export function createTerminals(api: JustifiApi, subAccountId: string): AccountTerminals {
  const path = (terminalId: string, more = '') => `/v1/terminals/${encodeURIComponent(terminalId)}${more}`;
  return {
    async pay({ checkoutId, terminalId }) {
      const answer = await api.send({ method: 'POST', path: '/v1/terminals/pay', subAccountId, body: { checkout_id: checkoutId, terminal_id: terminalId }, answer: session });
      return answer.kind === 'ok' ? ok({ sessionId: answer.value.data.id }) : answer;
    },
    async isConnected(terminalId) {
      const answer = await api.send({ method: 'GET', path: path(terminalId, '/status'), subAccountId, timeoutMs: 8_000, answer: terminalStatus });
      return answer.kind === 'ok' ? ok(answer.value.data.status.toLowerCase() === 'connected') : answer;
    },
    async list() {
      const read = await readPages(api, { path: '/v1/terminals', subAccountId, item: terminal, mostPages: MOST_PAGES });
      return read.kind === 'ok' ? ok(read.value.items.filter(({ status }) => status !== 'archived').map(toReader)) : read;
    },
    async rename(terminalId, nickname) {
      const answer = await api.send({ method: 'PATCH', path: path(terminalId), subAccountId, body: { nickname }, answer: oneTerminal });
      return answer.kind === 'ok' ? ok(toReader(answer.value.data)) : answer;
    },
    async identify(terminalId) {
      const answer = await api.send({ method: 'POST', path: path(terminalId, '/identify'), subAccountId, answer: z.undefined() });
      return answer.kind === 'ok' ? ok(null) : answer;
    },
  };
}

function toReader({ id, status, nickname, model_name: model, provider_serial_number: serial }: z.infer<typeof terminal>): CardReader {
  return { terminalId: id, name: nickname?.trim() || serial?.trim() || id, model: model ?? null, serialNumber: serial ?? null, isConnected: status === 'connected' };
}
