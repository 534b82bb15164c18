import { assertNever } from '../../contract/result.ts';

/** One HTTP request as the training JustiFi sees it, free of any server: header names are lower case. */
export type TrainingRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
};

export type TrainingAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** A handler's answer to a call; `answerOf` turns it into HTTP text. */
export type Outcome =
  | { readonly kind: 'done'; readonly status: 200 | 201; readonly body: unknown }
  | { readonly kind: 'no-content' }
  | Refusal;

export type Refusal = { readonly kind: 'refused'; readonly status: number; readonly error: ErrorBody };

export type ErrorBody = {
  readonly code: string;
  readonly message: string;
  readonly param?: string;
  readonly decline_code?: string | null;
  readonly network?: string | null;
  readonly network_error_category?: string | null;
  readonly network_error_code?: string | null;
};

type Envelope<T> = {
  readonly id: string;
  readonly type: string;
  readonly data: T;
  readonly page_info: null;
};

/** JustiFi's envelope around one object. */
export function envelope<T extends { readonly id: string }>(type: string, data: T): Envelope<T> {
  return { id: data.id, type, data, page_info: null };
}

export function answerOf(outcome: Outcome): TrainingAnswer {
  switch (outcome.kind) {
    case 'done':
      return json(outcome.status, outcome.body);
    case 'no-content':
      return { status: 204, headers: {}, body: '' };
    case 'refused':
      return json(outcome.status, { error: outcome.error });
    default:
      return assertNever(outcome);
  }
}

function json(status: number, body: unknown): TrainingAnswer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) };
}
