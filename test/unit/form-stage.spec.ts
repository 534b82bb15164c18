import { expect, test } from 'vitest';
import { type FormStage, type StagedCall, fitsStage } from '../../main/shell/form-stage.ts';

const STAGES: readonly FormStage[] = ['empty', 'mounted', 'asked-to-show', 'on-screen', 'hidden'];
const at = (call: StagedCall) => STAGES.filter((stage) => fitsStage(call, stage));

test('A-10: only a form that main has asked to show can come to the screen, once; after it was hidden it stays hidden', () => {
  expect(at('drawn')).toEqual(['asked-to-show']);
});

test('A-10: only a form on the screen can charge, go back, press Tab or be stuck', () => {
  for (const call of ['submit', 'goBack', 'pressTab', 'stuck'] as const) expect(at(call)).toEqual(['on-screen']);
  expect(at('fieldsReady')).toEqual(['mounted']);
});
