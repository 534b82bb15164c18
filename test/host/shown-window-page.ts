/** A person's actions in the window, reported by its page. Positions are in the window's own pixels. */
export type PersonInput =
  | { readonly kind: 'mouse'; readonly type: 'mousePressed' | 'mouseReleased' | 'mouseMoved'; readonly x: number; readonly y: number; readonly button: 'none' | 'left' | 'middle' | 'right'; readonly buttons: number; readonly clickCount: number; readonly modifiers: number }
  | { readonly kind: 'wheel'; readonly x: number; readonly y: number; readonly deltaX: number; readonly deltaY: number; readonly modifiers: number }
  | { readonly kind: 'key'; readonly type: 'keyDown' | 'rawKeyDown' | 'keyUp'; readonly key: string; readonly code: string; readonly windowsVirtualKeyCode: number; readonly text?: string; readonly modifiers: number; readonly autoRepeat: boolean; readonly location: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'size'; readonly width: number; readonly height: number }
  | { readonly kind: 'answer'; readonly button: number };

export type Layer = { readonly id: number; readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type Question = { readonly message: string; readonly detail: string; readonly buttons: readonly string[]; readonly defaultId: number; readonly cancelId: number };

/** The functions of the page that the stand-in calls. */
export type ShownWindowPage = {
  layOut(layers: readonly Layer[]): void;
  draw(id: number, jpeg: string): void;
  ask(question: Question): void;
};

export const PAGE_NAME = 'shownWindow';
export const BINDING = 'tellStandIn';

/** The address of the page that an app window of Chromium opens: its title and its icon are the window's. */
export function shownWindowUrl(title: string, iconSvg: string): string {
  const html = `<!doctype html><meta charset="utf-8"><title>${title.replaceAll(/[<&]/gu, '')}</title><link rel="icon" href="data:image/svg+xml;base64,${Buffer.from(iconSvg).toString('base64')}">
<style>html,body{margin:0;height:100%;overflow:hidden;background:#888}canvas{position:fixed}textarea{position:fixed;opacity:0;width:1px;height:1px;border:0;padding:0}dialog{font:16px/1.4 system-ui,sans-serif;max-width:28em}dialog button{font:inherit;padding:.5em 1em;margin:1em .5em 0 0}</style>
<textarea aria-label="${title.replaceAll(/["<&]/gu, '')}" autocomplete="off"></textarea>`;
  return `data:text/html;base64,${Buffer.from(html).toString('base64')}`;
}

export const shownWindowScript = () => `(${runShownWindow.toString()})(${JSON.stringify(PAGE_NAME)}, ${JSON.stringify(BINDING)})`;

/** Runs in that page by its source text, and may refer to nothing outside itself. */
function runShownWindow(name: string, binding: string): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  const tell = (input: PersonInput) => (scope[binding] as (text: string) => void)(JSON.stringify(input));
  const canvases = new Map<number, HTMLCanvasElement>();
  const typed = document.querySelector('textarea')!;
  const BUTTONS = ['left', 'middle', 'right'] as const;
  const modifiersOf = (event: MouseEvent | KeyboardEvent) => (event.altKey ? 1 : 0) + (event.ctrlKey ? 2 : 0) + (event.metaKey ? 4 : 0) + (event.shiftKey ? 8 : 0);

  const page: ShownWindowPage = {
    layOut(layers) {
      for (const [id, canvas] of canvases) {
        if (layers.some((layer) => layer.id === id)) continue;
        canvas.remove();
        canvases.delete(id);
      }
      layers.forEach(({ id, x, y, width, height }, order) => {
        const canvas = canvases.get(id) ?? document.body.appendChild(document.createElement('canvas'));
        canvases.set(id, canvas);
        Object.assign(canvas.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px`, zIndex: String(order) });
      });
    },
    draw(id, jpeg) {
      const bytes = Uint8Array.from(atob(jpeg), (character) => character.codePointAt(0)!);
      void createImageBitmap(new Blob([bytes], { type: 'image/jpeg' })).then((picture) => {
        const canvas = canvases.get(id);
        if (canvas === undefined) return;
        canvas.width = picture.width;
        canvas.height = picture.height;
        canvas.getContext('2d')!.drawImage(picture, 0, 0);
      });
    },
    ask({ message, detail, buttons, defaultId, cancelId }) {
      const dialog = document.body.appendChild(document.createElement('dialog'));
      const answer = (button: number) => {
        dialog.remove();
        typed.focus();
        tell({ kind: 'answer', button });
      };
      for (const [tag, text] of [['h2', message], ['p', detail]] as const) dialog.appendChild(document.createElement(tag)).textContent = text;
      buttons.forEach((label, index) => {
        const button = dialog.appendChild(document.createElement('button'));
        button.textContent = label;
        button.autofocus = index === defaultId;
        button.addEventListener('click', () => answer(index));
      });
      dialog.addEventListener('cancel', () => answer(cancelId));
      dialog.showModal();
    },
  };
  scope[name] = page;

  const isAsking = () => document.querySelector('dialog') !== null;
  const mouse = (type: 'mousePressed' | 'mouseReleased' | 'mouseMoved') => (event: MouseEvent) => {
    if (isAsking()) return;
    // Keeps the focus on the element that listens to keys.
    if (type === 'mousePressed') event.preventDefault();
    typed.focus();
    const button = type === 'mouseMoved' ? 'none' : (BUTTONS[event.button] ?? 'none');
    tell({ kind: 'mouse', type, x: event.clientX, y: event.clientY, button, buttons: event.buttons, clickCount: event.detail, modifiers: modifiersOf(event) });
  };
  addEventListener('mousedown', mouse('mousePressed'));
  addEventListener('mouseup', mouse('mouseReleased'));
  addEventListener('mousemove', mouse('mouseMoved'));
  addEventListener('contextmenu', (event) => event.preventDefault());
  addEventListener('wheel', (event) => tell({ kind: 'wheel', x: event.clientX, y: event.clientY, deltaX: event.deltaX, deltaY: event.deltaY, modifiers: modifiersOf(event) }));

  const key = (event: KeyboardEvent) => {
    // Until a composed letter (´ and e) is whole, and while a paste is under way, the text comes by itself.
    const isPaste = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'v';
    if (isAsking() || event.isComposing || event.key === 'Dead' || event.key === 'Process' || isPaste) return;
    event.preventDefault();
    const text = event.key === 'Enter' ? '\r' : event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey ? event.key : undefined;
    const type = event.type === 'keyup' ? 'keyUp' : text === undefined ? 'rawKeyDown' : 'keyDown';
    tell({ kind: 'key', type, key: event.key, code: event.code, windowsVirtualKeyCode: event.keyCode, ...(text !== undefined && type === 'keyDown' ? { text } : {}), modifiers: modifiersOf(event), autoRepeat: event.repeat, location: event.location });
  };
  typed.addEventListener('keydown', key);
  typed.addEventListener('keyup', key);
  const insert = (text: string | undefined) => {
    typed.value = '';
    if (text) tell({ kind: 'text', text });
  };
  typed.addEventListener('compositionend', (event) => insert(event.data));
  typed.addEventListener('paste', (event) => {
    event.preventDefault();
    insert(event.clipboardData?.getData('text/plain'));
  });
  typed.focus();
  addEventListener('focus', () => typed.focus());
  const tellSize = () => tell({ kind: 'size', width: innerWidth, height: innerHeight });
  addEventListener('resize', tellSize);
  tellSize();
}
