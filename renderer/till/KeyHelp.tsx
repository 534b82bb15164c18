import { useEffect, useEffectEvent } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from '../skin/Button.tsx';
import { isOnButton } from './use-shortcuts.ts';
import { useAllWords } from './use-words.ts';

/** The keys that scroll the list. */
const SCROLLS = /^(?:Arrow(?:Up|Down)|Page(?:Up|Down)|Home|End)$/u;

/** All keys of the till, by screen, over any of them. The screen behind it gets no key. */
export function KeyHelp({ onClose }: { readonly onClose: () => void }) {
  const { help } = useAllWords();
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'Tab' || ((event.key === 'Enter' || event.key === ' ') && isOnButton(event))) return;
    event.stopImmediatePropagation();
    // With Ctrl it may be a key for the text size, which is the main process's.
    if (SCROLLS.test(event.key) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    // The F1 that opened it may still be held.
    if (!event.repeat && (event.key === 'F1' || event.key === 'Escape')) onClose();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', listener, { capture: true });
    return () => window.removeEventListener('keydown', listener, { capture: true });
  }, []);
  return (
    <ModalOverlay className="overlay" isOpen isDismissable onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Modal className="dialog">
        <Dialog aria-label={help.title}>
          <header>
            <Heading level={1} slot="title">
              {help.title}
            </Heading>
            <Button shortcut={{ key: 'F1', shown: 'F1' }} autoFocus onPress={onClose}>
              {help.close}
            </Button>
          </header>
          <div className="key-groups">
            {help.groups.map(({ title, keys }) => (
              <section key={title}>
                <h2>{title}</h2>
                <dl className="keys">
                  {keys.map(([key, what]) => (
                    <div key={key}>
                      <dt>
                        <kbd>{key}</kbd>
                      </dt>
                      <dd>{what}</dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
