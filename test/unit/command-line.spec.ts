import { expect, test } from 'vitest';
import { refusedSwitch } from '../../main/shell/command-line.ts';

test.each([
  [['--remote-debugging-port=9222'], 'remote-debugging-port'],
  [['--provision', '--ignore-certificate-errors'], 'ignore-certificate-errors'],
  [['-host-resolver-rules=MAP * 127.0.0.1'], 'host-resolver-rules'],
  [['--Remote-Debugging-Pipe'], 'remote-debugging-pipe'],
  [['--inspect'], 'inspect'],
  [['--js-flags=--expose-gc'], 'js-flags'],
  [['--load-extension=folder'], 'load-extension'],
  [['--log-net-log=file'], 'log-net-log'],
])('A-20: an installed Counter does not start with %j', (args, name) => {
  expect(refusedSwitch(args, 'linux')).toBe(name);
});

test('A-20: on Windows a slash makes a switch as well, elsewhere it begins a path', () => {
  expect(refusedSwitch(['/remote-debugging-port=9222'], 'win32')).toBe('remote-debugging-port');
  expect(refusedSwitch(['/home/shop/file'], 'linux')).toBeNull();
});

test('A-20: switches for Counter, its installer and a PC’s display are accepted', () => {
  expect(refusedSwitch([], 'linux')).toBeNull();
  expect(refusedSwitch(['--provision'], 'win32')).toBeNull();
  expect(refusedSwitch(['--ozone-platform=headless', '--disable-gpu', '--provision'], 'linux')).toBeNull();
  expect(refusedSwitch(['--user-data-dir=/var/counter', '--no-sandbox', '--ozone-platform=x11', '--', '--anything'], 'linux')).toBeNull();
});
