import { type FormEvent, useEffect, useEffectEvent, useState } from 'react';
import type { Bridge } from '../../../contract/channels.ts';
import type { RegisterSettings } from '../../../contract/register-settings.ts';
import type { LimitsProblem } from '../../../words/en/manager.ts';

type Props<Typed> = {
  readonly bridge: Pick<Bridge<'manager'>, 'readSettings' | 'changeSettings'>;
  readonly asTyped: (settings: RegisterSettings) => Typed;
  /** Or the reason why the typed values cannot be saved. */
  readonly asSettings: (typed: Typed) => Partial<RegisterSettings> | LimitsProblem;
  readonly onSaved?: (() => void) | undefined;
  /** Called when there is unsaved text, and when it is saved. */
  readonly onUnsaved?: ((isUnsaved: boolean) => void) | undefined;
};

type SettingsForm<Typed> = {
  /** Null: not read yet. */
  readonly typed: Typed | null;
  readonly problem: LimitsProblem | null;
  /** Null: unchanged since it was read. */
  readonly state: 'saved' | 'unsaved' | null;
  change(part: Partial<Typed>): void;
  save(event: FormEvent): Promise<void>;
};

/** A part of the register's settings, typed and saved. Changes that another section has saved meanwhile are kept. */
export function useSettingsForm<Typed extends object>({ bridge, asTyped, asSettings, onSaved, onUnsaved }: Props<Typed>): SettingsForm<Typed> {
  const [typed, setTyped] = useState<Typed | null>(null);
  const [problem, setProblem] = useState<LimitsProblem | null>(null);
  const [state, setState] = useState<'saved' | 'unsaved' | null>(null);
  const take = useEffectEvent((settings: RegisterSettings) => setTyped(asTyped(settings)));

  useEffect(() => {
    void bridge.readSettings().then((answer) => {
      if (answer.kind === 'ok') take(answer.value);
      else setProblem(answer.failure);
    });
  }, [bridge]);

  return {
    typed,
    problem,
    state,
    change(part) {
      setState('unsaved');
      onUnsaved?.(true);
      setTyped((before) => (before === null ? null : { ...before, ...part }));
    },
    async save(event) {
      event.preventDefault();
      if (typed === null) return;
      const read = asSettings(typed);
      if ('kind' in read) return setProblem(read);
      // Settings of another section may have changed since this one was opened.
      const before = await bridge.readSettings();
      const answer = before.kind === 'ok' ? await bridge.changeSettings({ ...before.value, ...read }) : before;
      setProblem(answer.kind === 'failed' ? answer.failure : null);
      if (answer.kind === 'failed') return;
      setState('saved');
      onUnsaved?.(false);
      onSaved?.();
    },
  };
}
