import type { AllRegisters, AllRegistersProblem } from '../../contract/all-registers.ts';
import type { Locked } from '../../contract/channels.ts';
import type { PrintProblem } from '../../contract/printing.ts';
import type { SaveProblem } from '../../contract/report.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { type IsStillOpen, LOCKED, type ManagerHandlers } from './guard.ts';

type RegistersCallsParts = {
  /** Of the account that is open; null: none is. */
  readonly reading: () => { read(day: string | null): Promise<Result<AllRegisters, AllRegistersProblem>>; stop(): void } | null;
  readonly papers: {
    print(): Promise<Result<null, PrintProblem | AllRegistersProblem>>;
    save(isStillOpen: IsStillOpen): Promise<Result<null, SaveProblem | AllRegistersProblem> | Locked>;
  };
};

/** A day of all registers of the account, from JustiFi. It changes nothing, and does not use the journal. */
export function registersCalls({ reading, papers }: RegistersCallsParts): Pick<ManagerHandlers, 'readAllRegisters' | 'stopAllRegisters' | 'printAllRegisters' | 'saveAllRegisters'> {
  return {
    async readAllRegisters({ day }, isStillOpen) {
      const read = await (reading()?.read(day) ?? failed({ kind: 'still-starting' } as const));
      return isStillOpen() ? read : LOCKED;
    },
    async stopAllRegisters() {
      reading()?.stop();
      return ok(null);
    },
    printAllRegisters: () => papers.print(),
    saveAllRegisters: (_input, isStillOpen) => papers.save(isStillOpen),
  };
}
