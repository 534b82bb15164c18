/** How Electron's `console-message` names what DevTools call a type or a level. */
export type ConsoleLevel = 'info' | 'warning' | 'error' | 'debug';

export function consoleLevel(type: string): ConsoleLevel {
  switch (type) {
    case 'error':
    case 'assert':
      return 'error';
    case 'warning':
      return 'warning';
    case 'debug':
    case 'verbose':
      return 'debug';
    default:
      return 'info';
  }
}
