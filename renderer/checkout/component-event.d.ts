/** The content of one of the component's events, in either generation of the component. It proves nothing. */
export type ComponentEvent = {
    readonly kind: 'submitted';
    readonly paymentStatus: string | null;
} | {
    readonly kind: 'failed';
    readonly errorCode: string;
};
/** 5.x and 6.x send submit-event and error-event, 4.x sent submitted and error. */
export declare const SUBMIT_EVENTS: readonly ['submit-event', 'submitted'];
export declare const ERROR_EVENTS: readonly ['error-event', 'error'];
/** The completion is at `detail.checkout` in 6.x, `detail.response.data` in 5.x, `detail.data` in 4.x. */
export declare function readSubmitEvent(detail: unknown): ComponentEvent;
export declare function readErrorEvent(detail: unknown): ComponentEvent;
