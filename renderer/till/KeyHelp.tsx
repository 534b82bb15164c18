import { useEffect, useEffectEvent } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from '../skin/Button.tsx';
import { isOnButton } from './use-shortcuts.ts';
import { useAllWords } from './use-words.ts';

/** All keys of the till, over any screen. The screen behind it gets no key. */
export function KeyHelp({ onClose }: { readonly onClose: () => void }) {
  const { help } = useAllWords();
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'Tab' || ((event.key === 'Enter' || event.key === ' ') && isOnButton(event))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.key === 'F1' || event.key === 'Escape') onClose();
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
          <Heading slot="title">{help.title}</Heading>
          <dl className="keys">
            {help.keys.map(([key, what]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
          <div className="next">
            <Button shortcut={{ key: 'F1', shown: 'F1' }} className="charge" autoFocus onPress={onClose}>
              {help.close}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
