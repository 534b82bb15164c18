/** Events of the manager's access, for the audit log. */
export type AccessEvent =
  | { readonly kind: 'login-ok'; readonly by: 'pin' | 'secret' }
  /** `refusedMeanwhile`: the number of tries during a wait. */
  | { readonly kind: 'login-failed'; readonly by: 'pin' | 'secret'; readonly failures: number; readonly refusedMeanwhile: number }
  | { readonly kind: 'locked-out'; readonly failures: number; readonly waitSeconds: number }
  | { readonly kind: 'locked'; readonly why: 'asked' | 'idle' | 'action' }
  | { readonly kind: 'pin-set'; readonly how: 'first' | 'changed' | 'forgotten' };
