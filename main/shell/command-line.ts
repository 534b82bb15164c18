/** Switches of Counter, of its installer and updater, and of a PC's display. Any other could weaken it: a debugging port, other hosts, other certificates. */
const ALLOWED: ReadonlySet<string> = new Set(['provision', 'user-data-dir', 'no-sandbox', 'ozone-platform', 'ozone-platform-hint', 'disable-gpu', 'force-device-scale-factor', 'lang', 'updated', 'force-run']);

/**
 * SECURITY: the first switch on a command line that an installed Counter does not take; null: there is none. No fuse covers Chromium's switches
 * (https://www.electronjs.org/docs/latest/tutorial/fuses), and each of these prefixes makes one (Chromium's base/command_line.cc).
 */
export function refusedSwitch(args: readonly string[], platform: NodeJS.Platform): string | null {
  const prefix = platform === 'win32' ? /^(?:--|-|\/)/u : /^--?/u;
  for (const argument of args) {
    // No switches follow after it.
    if (argument === '--') return null;
    if (!prefix.test(argument)) continue;
    const name = argument.replace(prefix, '').split('=')[0]!.toLowerCase();
    if (!ALLOWED.has(name)) return name.slice(0, 60);
  }
  return null;
}
