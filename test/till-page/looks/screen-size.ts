export const SMALLEST_SCREEN = { width: 1024, height: 768 };
/** The same between title bar and taskbar. */
export const LOW_SCREEN = { width: 1024, height: 688 };
export const USUAL_SCREEN = { width: 1280, height: 800 };
export const WIDE_SCREEN = { width: 1366, height: 688 };
