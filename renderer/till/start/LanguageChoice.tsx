import { LANGUAGES, type Language } from '../../../contract/language.ts';
import { LANGUAGE_NAMES } from '../../../words/language.ts';
import { Button } from '../../skin/Button.tsx';
import { useAllWords } from '../use-words.ts';

type Props = { readonly language: string; readonly onSpeak: (language: Language) => void };

/** Each language by its own name, for the person who is at the till now. `language`: as the document has it. */
export function LanguageChoice({ language, onSpeak }: Props) {
  const { appearance } = useAllWords().manager;
  return (
    <div className="languages" role="group" aria-label={appearance.language}>
      {LANGUAGES.map((each) => (
        <Button key={each} className="quiet" aria-pressed={each === language} onPress={() => onSpeak(each)}>
          <span lang={each}>{LANGUAGE_NAMES[each]}</span>
        </Button>
      ))}
    </div>
  );
}
