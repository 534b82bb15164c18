/**
 * The stage of one card form's document. Only main changes it. A message of the page counts only in its own stage:
 * a form that main has not asked to show cannot cover the till, and one that is not on the screen cannot charge.
 */
export type FormStage = 'empty' | 'mounted' | 'asked-to-show' | 'on-screen' | 'hidden';

/** Calls of the checkout page that act on the till or the sale. What only hints at an outcome may come at any time. */
export type StagedCall = 'fieldsReady' | 'drawn' | 'pressTab' | 'submit' | 'stuck' | 'goBack';

const STAGE_OF: Readonly<Record<StagedCall, FormStage>> = {
  fieldsReady: 'mounted',
  drawn: 'asked-to-show',
  pressTab: 'on-screen',
  submit: 'on-screen',
  stuck: 'on-screen',
  goBack: 'on-screen',
};

/** SECURITY: whether a page whose form is at this stage may make this call. */
export function fitsStage(call: StagedCall, stage: FormStage): boolean {
  return STAGE_OF[call] === stage;
}
