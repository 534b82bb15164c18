import type { Handlers } from '../../contract/channels.ts';
import type { Look } from '../../contract/look.ts';
import { type RegisterSettings, checkRegisterSettings } from '../../contract/register-settings.ts';
import { failed, ok } from '../../contract/result.ts';
import type { Till } from '../sale/till.ts';
import type { Access } from './access.ts';
import { type Audit, MANAGER } from './audit.ts';
import type { Cashiers } from './cashiers.ts';
import { type SettingsStore, changeSettings, changesBetween } from './settings-change.ts';

/** The calls about the account are put together elsewhere. */
export type ManagerCalls = Omit<Handlers<'manager'>, 'findSubAccounts' | 'connect' | 'testConnection' | 'disconnect' | 'exportSettings' | 'readSettingsCopy' | 'applySettingsCopy' | 'readDiagnostics' | 'exportDiagnostics'>;

export type ManagerCallsParts = {
  readonly till: Till;
  readonly access: Access;
  readonly audit: Audit;
  readonly cashiers: Cashiers;
  readonly settings: SettingsStore<RegisterSettings & { readonly look: Look }>;
  /** Opens the register anew, with the settings as they are. */
  readonly reopen: () => Promise<void>;
  /** Light or dark, as the whole desktop app looks. */
  readonly showTheme: (theme: Look['theme']) => void;
  readonly onChange: () => void;
};

/** What the manager's side may ask for. Whether it may at all was decided before (guard.ts). */
export function managerCalls({ till, access, audit, cashiers, settings, reopen, showTheme, onChange }: ManagerCallsParts): ManagerCalls {
  return {
    stillHere: async () => ok(null),
    setPin: access.setPin,
    async wrongAmountSeen({ saleId }) {
      audit.note(MANAGER, 'wrong-amount-seen', { sale: saleId });
      return till.wrongAmountSeen(saleId);
    },
    async endUnresolved({ saleId }) {
      // The journal's own line tells of it, with the amount.
      return till.endUnresolved(saleId);
    },
    async settleRepairs() {
      audit.note(MANAGER, 'repair-settled', { of: 'journal' });
      return till.settleRepairs();
    },
    async readSettings() {
      const { registerName, limits, form, rights, descriptionPresets } = settings.read();
      return ok({ registerName, limits, form, rights, descriptionPresets });
    },
    async changeSettings(typed) {
      if (till.isBusy()) return failed({ kind: 'sale-in-progress' });
      const checked = checkRegisterSettings(typed);
      if (checked.kind === 'failed') return checked;
      const before = settings.read();
      const changed = changeSettings({ settings, audit }, checked.value);
      if (changed.kind === 'failed') return changed;
      // A form that is already being prepared was made by the old ones.
      const isOnForm = ({ registerName, form }: RegisterSettings) => ({ registerName, form });
      if (changesBetween(isOnForm(before), isOnForm(checked.value)).length > 0) await reopen();
      else onChange();
      return changed;
    },
    saveCashier: cashiers.save,
    removeCashier: async ({ cashierId }) => cashiers.remove(cashierId),
    async changeLook(look) {
      const changed = changeSettings({ settings, audit }, { look });
      if (changed.kind === 'ok') showTheme(look.theme);
      onChange();
      return changed;
    },
    readAudit: async ({ filter, before }) => audit.page(filter, before),
    exportAudit: ({ filter }) => audit.exportCsv(filter),
    settleAuditTrouble: async () => audit.settleTrouble(),
  };
}
