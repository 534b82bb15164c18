/** One permission of a web component token, `write:checkout:cho_…` for example. */
export type Role = {
  readonly access: 'read' | 'write';
  readonly resource: 'checkout' | 'tokenize' | 'account' | 'business';
  readonly id: string;
};

const rolePattern = /^(read|write):(checkout|tokenize|account|business):((?:cho|acc|biz)_[A-Za-z0-9_-]+)$/;
const idPrefix = { checkout: 'cho_', tokenize: 'acc_', account: 'acc_', business: 'biz_' } as const;

/** Reads a role exactly as JustiFi writes it; anything else is no role. */
export function parseRole(text: string): Role | undefined {
  const [, access, resource, id] = rolePattern.exec(text) ?? [];
  if ((access !== 'read' && access !== 'write') || id === undefined) return undefined;
  if (resource !== 'checkout' && resource !== 'tokenize' && resource !== 'account' && resource !== 'business') {
    return undefined;
  }
  return id.startsWith(idPrefix[resource]) ? { access, resource, id } : undefined;
}

export function holdsRole(roles: readonly Role[], wanted: Role): boolean {
  return roles.some(
    (role) => role.access === wanted.access && role.resource === wanted.resource && role.id === wanted.id,
  );
}
