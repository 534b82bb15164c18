/** The content of one of the component's events, in either generation of the component. It proves nothing. */
export type ComponentEvent = { readonly kind: 'submitted'; readonly paymentStatus: string | null } | { readonly kind: 'failed'; readonly errorCode: string };

/** 5.x and 6.x send submit-event and error-event, 4.x sent submitted and error. */
export const SUBMIT_EVENTS = ['submit-event', 'submitted'] as const;
export const ERROR_EVENTS = ['error-event', 'error'] as const;

/** The completion is at `detail.checkout` in 6.x, `detail.response.data` in 5.x, `detail.data` in 4.x. */
export function readSubmitEvent(detail: unknown): ComponentEvent {
  const completion = field(detail, 'checkout') ?? field(field(detail, 'response'), 'data') ?? field(detail, 'data');
  return { kind: 'submitted', paymentStatus: word(field(completion, 'payment_status')) };
}

export function readErrorEvent(detail: unknown): ComponentEvent {
  return { kind: 'failed', errorCode: word(field(detail, 'errorCode')) ?? word(field(detail, 'code')) ?? 'unknown' };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value ? (value as Record<string, unknown>)[name] : undefined;
}

/** A value of the list, or null: free text of the component could hold anything. */
function word(value: unknown): string | null {
  return typeof value === 'string' && /^[\w-]{1,40}$/u.test(value) ? value : null;
}
