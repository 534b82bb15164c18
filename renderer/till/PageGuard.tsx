import { Component, type ReactNode } from 'react';
import type { Bridge } from '../../contract/channels.ts';
import { disregard } from '../../contract/result.ts';
import { Button } from '../skin/Button.tsx';
import { Said } from './Said.tsx';

/** `onBreak`: when it has failed. Keys that were typed ahead are dropped. */
type Props = { readonly bridge: Pick<Bridge<'till'>, 'pageBroke'>; readonly onBreak: () => void; readonly children: ReactNode };

/*
 * Without the catalogue, which may have failed. No data is lost: the sale and the typed text are in main.
 */
const SENTENCES = {
  en: ['The screen stopped working. Your sale is safe.', 'Show it again'],
  es: ['La pantalla dejó de funcionar. La venta está a salvo.', 'Mostrarla de nuevo'],
  fr: ['L’écran a cessé de fonctionner. La vente est en sécurité.', 'Afficher de nouveau'],
} as const;

/** An error while rendering must not leave a blank till: one sentence, one button, one line in the log. */
export class PageGuard extends Component<Props, { readonly broke: boolean }> {
  override state = { broke: false };

  static getDerivedStateFromError(): { readonly broke: boolean } {
    return { broke: true };
  }

  override componentDidCatch(error: unknown): void {
    this.props.onBreak();
    disregard(this.props.bridge.pageBroke({ detail: error instanceof Error ? error.name : 'unknown' }), 'the page has failed; main logs nothing more');
  }

  override render(): ReactNode {
    if (!this.state.broke) return this.props.children;
    const { lang } = document.documentElement;
    const [sentence, button] = lang === 'es' || lang === 'fr' ? SENTENCES[lang] : SENTENCES.en;
    return (
      <main className="first-run">
        <Said isWarning>{sentence}</Said>
        <Button className="charge" autoFocus onPress={() => this.setState({ broke: false })}>
          {button}
        </Button>
      </main>
    );
  }
}
