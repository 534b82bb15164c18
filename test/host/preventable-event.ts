/** The event object of Electron's preventable events. */
export type PreventableEvent<Details extends object = object> = Details & {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
};

export function preventableEvent<Details extends object>(details: Details): PreventableEvent<Details> {
  let prevented = false;
  return Object.defineProperties(details, {
    defaultPrevented: { get: () => prevented },
    preventDefault: {
      value: () => {
        prevented = true;
      },
    },
  }) as PreventableEvent<Details>;
}
