/** What one of the component's events says, whatever generation of the component sent it. Never proof of anything. */
export type ComponentEvent = { readonly kind: 'submitted'; readonly paymentStatus: string | null } | { readonly kind: 'failed'; readonly errorCode: string };

/** 5.x and 6.x say submit-event and error-event, 4.x said submitted and error. */
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

/** A word of a vocabulary, or nothing: free text of the component could hold anything. */
function word(value: unknown): string | null {
  return typeof value === 'string' && /^[\w-]{1,40}$/u.test(value) ? value : null;
}
