/** Set by the company's policy; it cannot be changed at the register. */
export type LockedSetting = { readonly kind: 'setting-locked'; readonly setting: string };
