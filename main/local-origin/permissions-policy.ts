/** SECURITY: features that no page of Counter and no frame in it may use; in addition to the handlers in main (window-security.ts). */
const NEVER = ['accelerometer', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'hid', 'idle-detection', 'local-fonts', 'magnetometer', 'microphone', 'midi', 'screen-wake-lock', 'serial', 'usb', 'window-management', 'xr-spatial-tracking'] as const;

export const PERMISSIONS_POLICY: string = NEVER.map((feature) => `${feature}=()`).join(', ');
