import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { type ButtonProps, Button as AriaButton } from 'react-aria-components';

/** The button's key: in ARIA's notation ("Enter", "Alt+1"), and as labelled on keyboards of this language; null: it is not shown. */
export type Shortcut = { readonly key: string; readonly shown: string | null };

type Props = Omit<ButtonProps, 'children' | 'onFocusChange'> & { readonly children: ReactNode; readonly shortcut?: Shortcut };

/**
 * Every button of the till. A press by finger or mouse leaves the focus where it was: on a button that was touched, the next Enter or
 * Space, a scanner's too, would press it again. The keyboard and a screen reader take the focus to it as ever. One that had it, and was off for a while, has it
 * again afterwards.
 */
export function Button({ children, shortcut, ...props }: Props) {
  const isDisabled = props.isDisabled === true;
  const ref = useRef<HTMLButtonElement>(null);
  const hadFocus = useRef(false);
  useLayoutEffect(() => {
    if (isDisabled || !hadFocus.current) return;
    // A heading (renderer/till/focus-keeper.ts) that took the focus meanwhile gives it back; any other element keeps it.
    if (document.activeElement?.matches('body, h1, h2') === true) ref.current?.focus();
    else hadFocus.current = document.activeElement === ref.current;
  }, [isDisabled]);
  return (
    // React Aria passes no `aria-keyshortcuts` on. A press on a disabled button never ends for it, and it takes no other: enabled, the button is a new one.
    <AriaButton
      key={isDisabled ? 'disabled' : 'enabled'}
      {...props}
      preventFocusOnPress
      // A button that is removed while focused gets no blur event: it still had the focus.
      onFocusChange={(isFocused) => {
        hadFocus.current = isFocused;
      }}
      ref={(button) => {
        ref.current = button;
        if (shortcut === undefined) button?.removeAttribute('aria-keyshortcuts');
        else button?.setAttribute('aria-keyshortcuts', shortcut.key);
      }}
    >
      {children}
      {shortcut && shortcut.shown !== null && <kbd aria-hidden="true">{shortcut.shown}</kbd>}
    </AriaButton>
  );
}
