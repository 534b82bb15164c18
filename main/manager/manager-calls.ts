import type { Appearance } from '../../contract/appearance.ts';
import { type RegisterSettings, checkRegisterSettings } from '../../contract/register-settings.ts';
import { failed, ok } from '../../contract/result.ts';
import type { Till } from '../sale/till.ts';
import type { Access } from './access.ts';
import { type Audit, MANAGER } from './audit.ts';
import type { Cashiers } from './cashiers.ts';
import type { ManagerHandlers } from './guard.ts';
import { type SettingsStore, changeSettings, changesBetween } from './settings-change.ts';

/** The calls about the account are put together elsewhere. */
type ManagerCalls = Omit<ManagerHandlers, 'readAllRegisters' | 'stopAllRegisters' | 'printAllRegisters' | 'saveAllRegisters' | 'readCustomers' | 'removeSavedCard' | 'forgetCustomer' | 'readCardReaders' | 'pairCardReader' | 'renameCardReader' | 'identifyCardReader' | 'checkCardReader' | 'findSubAccounts' | 'connect' | 'testConnection' | 'disconnect' | 'exportSettings' | 'readSettingsCopy' | 'applySettingsCopy' | 'readDiagnostics' | 'exportDiagnostics' | 'previewReceipt' | 'chooseLogo' | 'removeLogo' | 'readPrinters' | 'testPrinter' | 'openDrawer'>;

type ManagerCallsParts = {
  readonly till: Till;
  readonly access: Access;
  readonly audit: Audit;
  readonly cashiers: Cashiers;
  readonly settings: SettingsStore<RegisterSettings & { readonly appearance: Appearance; readonly copiedFrom: string | null }>;
  /** Opens the register anew, with the settings as they are. */
  readonly reopen: () => Promise<void>;
  /** Light or dark, as the whole desktop app looks. */
  readonly showTheme: (theme: Appearance['theme']) => void;
  readonly onChange: () => void;
  /** Settings of this register were saved. */
  readonly onSaved: () => void;
};

/** The calls of the manager's side. They are allowed or refused before (guard.ts). */
export function managerCalls({ till, access, audit, cashiers, settings, reopen, showTheme, onChange, onSaved }: ManagerCallsParts): ManagerCalls {
  return {
    stillHere: async () => ok(null),
    setPin: access.setPin,
    async acknowledgeWrongAmount({ saleId }) {
      audit.note(MANAGER, 'wrong-amount-seen', { sale: saleId });
      return till.acknowledgeWrongAmount(saleId);
    },
    // The entry of the journal writes the line.
    acknowledgePaymentTrouble: async ({ saleId }) => till.acknowledgePaymentTrouble(saleId),
    async endUnresolved({ saleId }) {
      // The entry of the journal writes the line, with the amount.
      return till.endUnresolved(saleId);
    },
    async acknowledgeRepairs() {
      audit.note(MANAGER, 'repair-acknowledged', { of: 'journal' });
      return till.acknowledgeRepairs();
    },
    async acknowledgeComparison() {
      audit.note(MANAGER, 'repair-acknowledged', { of: 'comparison' });
      return till.acknowledgeComparison();
    },
    async acknowledgeCopy() {
      if (audit.noteFirst(MANAGER, 'repair-acknowledged', { of: 'copy' }).kind === 'failed' || settings.change({ copiedFrom: null }).kind === 'failed') return failed({ kind: 'settings-unwritable' });
      onChange();
      return ok(null);
    },
    async readSettings() {
      const { registerName, limits, form, rights, lockAfterAction, dayBeginsAtHour, description, descriptionPresets, quickItems, tips, receipt, printing } = settings.read();
      return ok({ registerName, limits, form, rights, lockAfterAction, dayBeginsAtHour, description, descriptionPresets, quickItems, tips, receipt, printing });
    },
    async changeSettings(typed) {
      if (till.isBusy()) return failed({ kind: 'sale-in-progress' });
      const checked = checkRegisterSettings(typed);
      if (checked.kind === 'failed') return checked;
      const before = settings.read();
      const changed = changeSettings({ settings, audit }, checked.value);
      if (changed.kind === 'failed') return changed;
      // A form that is being prepared was made under the old settings.
      const isOnForm = ({ registerName, form }: RegisterSettings) => ({ registerName, form });
      if (changesBetween(isOnForm(before), isOnForm(checked.value)).length > 0) await reopen();
      else onChange();
      onSaved();
      return changed;
    },
    saveCashier: cashiers.save,
    removeCashier: async ({ cashierId }) => cashiers.remove(cashierId),
    async changeAppearance(appearance) {
      const changed = changeSettings({ settings, audit }, { appearance });
      if (changed.kind === 'ok') showTheme(appearance.theme);
      onChange();
      return changed;
    },
    readAudit: async ({ filter, before }) => audit.page(filter, before),
    exportAudit: ({ filter }, isStillOpen) => audit.exportCsv(filter, isStillOpen),
    acknowledgeAuditTrouble: async () => audit.acknowledgeTrouble(),
  };
}
