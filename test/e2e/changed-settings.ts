import type { Bridge } from '../../contract/channels.ts';
import type { RegisterSettings } from '../../contract/register-settings.ts';
import { SHOP } from './connected-till.ts';
import type { TillApp } from './till-app.ts';

type Form = Partial<RegisterSettings['form']>;

/** Meanwhile customers of a till that runs on find this form; set, and set back, by the calls of the manager's side. */
export async function withForm(app: TillApp, form: Form, action: () => Promise<void>): Promise<void> {
  const before = await changeForm(app, form);
  await action();
  await changeForm(app, before);
}

/** The setting before. */
function changeForm({ till: page }: TillApp, form: Form): Promise<Form> {
  return page.evaluate(async ([change, { clientId, clientSecret }]) => {
    const { till, manager } = window as unknown as { readonly till: Bridge<'till'>; readonly manager: Bridge<'manager'> };
    // In training the manager's side is open.
    await till.proveSecret({ kind: 'client', clientId, clientSecret });
    const read = await manager.readSettings();
    if (read.kind !== 'ok') throw new Error('The manager’s side is not open');
    const changed = await manager.changeSettings({ ...read.value, form: { ...read.value.form, ...change } });
    if (changed.kind !== 'ok') throw new Error(changed.failure.kind);
    await till.lockManager();
    return read.value.form;
  }, [form, SHOP] as const);
}
