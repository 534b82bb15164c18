export type LogLevel = 'info' | 'warn' | 'error';
export type LogDetail = Readonly<Record<string, string | number | boolean | null>>;

/** One fact: what happened, and its details. */
export type LogLine = { readonly what: string; readonly detail: LogDetail | undefined };
