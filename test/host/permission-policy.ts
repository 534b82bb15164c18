import type { Session as ElectronSession } from 'electron';
import type { Protocol } from './cdp-connection.ts';
import { chromium } from './chromium.ts';
import { recordEffect } from './recorded-effects.ts';

type CheckHandler = NonNullable<Parameters<ElectronSession['setPermissionCheckHandler']>[0]>;
type RequestHandler = NonNullable<Parameters<ElectronSession['setPermissionRequestHandler']>[0]>;
type DeviceHandler = NonNullable<Parameters<ElectronSession['setDevicePermissionHandler']>[0]>;
type ElectronPermission = Parameters<CheckHandler>[1];
type Descriptor = Protocol.Browser.PermissionDescriptor;

type Permission = {
  readonly electron: ElectronPermission;
  readonly media?: 'video' | 'audio';
  readonly chromium: readonly Descriptor[];
};

const named = (electron: ElectronPermission, ...names: readonly string[]): Permission => ({
  electron,
  chromium: names.map((name) => ({ name })),
});

/** Electron's names beside Chromium's. Permissions that CDP cannot set are missing, and are denied. */
const permissions: readonly Permission[] = [
  named('geolocation', 'geolocation'),
  named('notifications', 'notifications'),
  { electron: 'media', media: 'video', chromium: [{ name: 'camera' }, { name: 'camera', panTiltZoom: true }] },
  { electron: 'media', media: 'audio', chromium: [{ name: 'microphone' }] },
  named('midi', 'midi'),
  { electron: 'midiSysex', chromium: [{ name: 'midi', sysex: true }] },
  named('clipboard-read', 'clipboard-read'),
  named('clipboard-sanitized-write', 'clipboard-write'),
  named('background-sync', 'background-sync'),
  named('background-fetch', 'background-fetch'),
  named('periodic-background-sync', 'periodic-background-sync'),
  named('persistent-storage', 'persistent-storage'),
  named('storage-access', 'storage-access'),
  named('top-level-storage-access', 'top-level-storage-access'),
  named('sensors', 'accelerometer', 'gyroscope', 'magnetometer', 'ambient-light-sensor'),
  named('screen-wake-lock', 'screen-wake-lock'),
  named('system-wake-lock', 'system-wake-lock'),
  named('idle-detection', 'idle-detection'),
  named('window-management', 'window-management'),
  named('local-fonts', 'local-fonts'),
  named('display-capture', 'display-capture'),
  named('captured-surface-control', 'captured-surface-control'),
  named('speaker-selection', 'speaker-selection'),
  named('payment-handler', 'payment-handler'),
  named('nfc', 'nfc'),
  named('keyboardLock', 'keyboard-lock'),
  named('pointerLock', 'pointer-lock'),
  named('local-network-access', 'local-network-access'),
  named('local-network', 'local-network'),
  named('loopback-network', 'loopback-network'),
];

export type Asker = {
  readonly webContents: object;
  /** As Electron says it, and as Chromium does. */
  readonly origin: string;
  readonly wireOrigin: string;
  readonly url: string;
  readonly isMainFrame: boolean;
};

/**
 * The permissions of one session's pages
 *
 * CDP has no event for a page's permission request. So the app's handlers are asked once for each origin, just before the first document of
 * that origin loads: first the check handler, and only where it agrees the request handler, as for a page that asks. Where one of the two is
 * missing everything is granted, because Electron grants everything without a handler. There are no devices: the device
 * handler is asked about one of each kind, and the answer is noted.
 */
export class PermissionPolicy {
  readonly #contextId: () => Promise<string>;
  readonly #admitted = new Map<string, Promise<void>>();
  #check: CheckHandler | null = null;
  #request: RequestHandler | null = null;
  #device: DeviceHandler | null = null;
  readonly #granted = new Set<string>();

  constructor(contextId: () => Promise<string>) {
    this.#contextId = contextId;
  }

  setCheckHandler(handler: CheckHandler | null): void {
    this.#check = handler;
    this.#admitted.clear();
  }

  setRequestHandler(handler: RequestHandler | null): void {
    this.#request = handler;
    this.#admitted.clear();
  }

  setDeviceHandler(handler: DeviceHandler | null): void {
    this.#device = handler;
    this.#admitted.clear();
  }

  /** All that are not in the list: one message for each of them would be a hundred for each start of the till. */
  denyAll(browserContextId: string): void {
    chromium.root.sendIfAlive('Browser.grantPermissions', { permissions: [], browserContextId });
  }

  /** Resolves when Chromium has this origin's permissions. */
  admit(asker: Asker): Promise<void> {
    const admitted = this.#admitted.get(asker.wireOrigin) ?? this.#askForAll(asker);
    this.#admitted.set(asker.wireOrigin, admitted);
    return admitted;
  }

  async #askForAll(asker: Asker): Promise<void> {
    this.#noteDevices(asker);
    const browserContextId = await this.#contextId();
    const settled = permissions.map(async (permission) => {
      const setting = (await this.#isGranted(permission, asker)) ? 'granted' : 'denied';
      const origin = asker.wireOrigin;
      // Everything is denied at the start; handlers that are set later revoke earlier grants.
      const key = `${origin} ${permission.electron} ${permission.media ?? ''}`;
      if (setting === 'denied' && !this.#granted.delete(key)) return;
      if (setting === 'granted') this.#granted.add(key);
      await Promise.all(
        permission.chromium.map((descriptor) =>
          chromium.root.send('Browser.setPermission', { permission: descriptor, setting, origin, browserContextId }),
        ),
      );
    });
    await Promise.all(settled);
  }

  async #isGranted({ electron, media }: Permission, asker: Asker): Promise<boolean> {
    const { origin, url: requestingUrl, isMainFrame } = asker;
    const webContents = asker.webContents as Electron.WebContents;
    const mediaDetails = media === undefined ? {} : { mediaType: media, mediaTypes: [media], securityOrigin: origin };
    const details = { requestingUrl, isMainFrame, ...mediaDetails };
    const [check, request] = [this.#check, this.#request];
    const isChecked = check?.(webContents, electron, `${origin}/`, details) !== false;
    if (check !== null && request !== null && !isChecked) return false;
    const isAnswered = request === null || (await new Promise<boolean>((resolve) => request(webContents, electron, resolve, details)));
    return check === null || request === null || isAnswered;
  }

  #noteDevices({ origin }: Asker): void {
    for (const deviceType of ['hid', 'serial', 'usb'] as const) {
      const details = { deviceType, origin, device: { deviceId: `a ${deviceType} device`, name: 'Device' } };
      const isGranted = this.#device?.(details as unknown as Parameters<DeviceHandler>[0]) ?? true;
      recordEffect('session.device', { origin, deviceType, isGranted });
    }
  }
}
