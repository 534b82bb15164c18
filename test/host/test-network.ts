/** Proxies of the developer's own PC: a test names its own. Chromium reads these on Linux, and so does the stand-in's `resolveProxy`. */
const OUTSIDE = /^(?:node_options|(?:https?|all|auto|no|socks)_proxy)$/iu;

/** The environment of the test runner without its way to the network and without its options for Node. */
export function testEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !OUTSIDE.test(name)));
}

const RESOLVER_RULES = '--host-resolver-rules=';

/** Chromium's arguments, in one list of resolver rules: the test's own names lead to where it says, all others nowhere (E-07). */
export function onThisPcOnly(chromiumArgs: readonly string[]): readonly string[] {
  const rules = chromiumArgs.filter((argument) => argument.startsWith(RESOLVER_RULES)).map((argument) => argument.slice(RESOLVER_RULES.length));
  const others = chromiumArgs.filter((argument) => !argument.startsWith(RESOLVER_RULES));
  return [...others, RESOLVER_RULES + [...rules, 'MAP * ~NOTFOUND', 'EXCLUDE localhost', 'EXCLUDE 127.0.0.1'].join(',')];
}
