import type { Frame } from 'playwright';
import type { RunningCounter } from './running-counter.ts';

/** The permissions that a page of an app that refuses everything must not have (S-12). */
const NAMES = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read', 'clipboard-write', 'persistent-storage', 'accelerometer', 'idle-detection', 'window-management', 'local-fonts', 'screen-wake-lock', 'display-capture'];

/** Those of them that this frame has, or would only have to ask for. */
export function grantedTo(frame: Frame): Promise<string[]> {
  return frame.evaluate(async (names) => {
    const states = await Promise.all(names.map(async (name) => [name, (await navigator.permissions.query({ name: name as PermissionName })).state] as const));
    return states.filter(([, state]) => state !== 'denied').map(([name]) => name);
  }, NAMES);
}

/** Which kinds of devices which origins would get, as far as documents have been loaded; on the stand-in only. */
export async function devicesGranted(app: RunningCounter): Promise<{ readonly asked: number; readonly granted: readonly unknown[] }> {
  const answers = (await app.recorded('session.device')) as readonly { readonly isGranted: boolean }[];
  return { asked: answers.length, granted: answers.filter(({ isGranted }) => isGranted) };
}
