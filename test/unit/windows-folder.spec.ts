import { expect, test } from 'vitest';
import { windowsFolder } from '../../main/files/windows-folder.ts';

test('Windows may be on another drive, and its environment says so', () => {
  expect(windowsFolder('D:\\Windows')).toBe('D:\\Windows');
  expect(windowsFolder('C:\\WINNT')).toBe('C:\\WINNT');
});

test.each([undefined, '', 'Windows', '\\Windows', '\\\\server\\share\\Windows', 'C:', 'C:\\', 'C:Windows', 'C:/Windows', 'C:\\Windows\\..\\Users\\Public', 'C:\\Windows\\', 'C:\\Win;dows', '%TEMP%\\Windows', 'C:\\%TEMP%', '\\\\?\\C:\\Windows', '/usr/bin'])('%s is not taken for the folder of Windows', (said) => {
  expect(windowsFolder(said)).toBe('C:\\Windows');
});
