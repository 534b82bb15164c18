import { useAllWords } from '../use-words.ts';
import { Choice } from './Choice.tsx';
import { Line } from './Line.tsx';
import { Switch } from './Switch.tsx';
import { type LimitsFieldsProps, PROBLEM } from './typed-limits.ts';

/** The settings of the customer's form, and of the words that they agree to. */
export function FormFields({ typed, problem, change }: LimitsFieldsProps) {
  const { limits: words } = useAllWords().manager;
  const isAuthorisationWrong = problem?.kind === 'bank-authorisation-incomplete' || problem?.kind === 'bank-authorisation-card-number';
  const isConsentWrong = problem?.kind === 'saved-consent-incomplete' || problem?.kind === 'saved-consent-card-number';
  return (
    <>
      <Switch setting="form.cards" label={words.cards} isOn={typed.cards} onChange={(cards) => change({ cards })} />
      <Switch setting="form.bankAccounts" label={words.bankAccounts} isOn={typed.bankAccounts} onChange={(bankAccounts) => change({ bankAccounts })} />
      <Choice
        setting="form.billing"
        label={words.billing}
        value={typed.billing}
        options={[
          ['short', words.billingShort],
          ['full', words.billingFull],
        ]}
        onChange={(billing) => change({ billing: billing === 'full' ? 'full' : 'short' })}
      />
      <Switch setting="form.plaid" label={`${words.plaid}. ${words.plaidHint}`} isOn={typed.plaid} onChange={(plaid) => change({ plaid })} />
      <Switch setting="form.insurance" label={`${words.insurance}. ${words.insuranceHint}`} isOn={typed.insurance} onChange={(insurance) => change({ insurance })} />
      <Switch setting="form.sezzle" label={`${words.sezzle}. ${words.sezzleHint}`} isOn={typed.sezzle} onChange={(sezzle) => change({ sezzle })} />
      <Switch setting="form.phone" label={`${words.phone}. ${words.phoneHint}`} isOn={typed.phone} onChange={(phone) => change({ phone })} />
      <Switch setting="form.saved" label={`${words.saved}. ${words.savedHint}`} isOn={typed.saved} onChange={(saved) => change({ saved })} />
      {(typed.saved || isConsentWrong) && (
        <Line problem={PROBLEM} setting="form.savedConsent" label={words.savedConsent} hint={words.savedConsentHint} rows={4} value={typed.savedConsent} isWrong={isConsentWrong} onChange={(savedConsent) => change({ savedConsent })} />
      )}
      {(typed.bankAccounts || typed.plaid || isAuthorisationWrong) && (
        <Line problem={PROBLEM} setting="form.bankAuthorisation" label={words.bankAuthorisation} hint={words.bankAuthorisationHint} rows={4} value={typed.bankAuthorisation} isWrong={isAuthorisationWrong} onChange={(bankAuthorisation) => change({ bankAuthorisation })} />
      )}
    </>
  );
}
