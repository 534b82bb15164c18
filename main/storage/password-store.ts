/** The passwords of the operating system's user; the part of the native module that we use. `findCredentials` is left out: on a locked keyring it kills the process. */
export type PasswordStore = {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
};

/**
 * A call of the native module cannot be cancelled, and each one that hangs holds one of the few threads with which Node hashes PINs and reads files. So no other call is made
 * while one hangs, and an abandoned write is undone if it succeeds later.
 */
export function withTimeLimit(load: () => Promise<PasswordStore>, answerWithinMs: number, onLateAnswer: () => void): () => Promise<PasswordStore> {
  let hanging = false;

  async function ask<Value>(asked: () => Promise<Value>, undo: () => Promise<unknown> = async () => {}): Promise<Value> {
    if (hanging) throw new Error('the keychain has not answered yet');
    const answer = asked();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        hanging = true;
        void answer
          .then(undo)
          .catch(() => {})
          .then(() => {
            hanging = false;
            onLateAnswer();
          });
        reject(new Error(`no answer within ${answerWithinMs} ms`));
      }, answerWithinMs);
    });
    return Promise.race([answer, late]).finally(() => clearTimeout(timer));
  }

  return async () => {
    const store = await load();
    const undoOf = async (service: string, account: string): Promise<() => Promise<unknown>> => {
      const before = await ask(() => store.getPassword(service, account));
      return () => (before === null ? store.deletePassword(service, account) : store.setPassword(service, account, before));
    };
    return {
      getPassword: (service, account) => ask(() => store.getPassword(service, account)),
      async setPassword(service, account, password) {
        const undo = await undoOf(service, account);
        return ask(() => store.setPassword(service, account, password), undo);
      },
      async deletePassword(service, account) {
        const undo = await undoOf(service, account);
        return ask(() => store.deletePassword(service, account), undo);
      },
    };
  };
}
