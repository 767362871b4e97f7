/**
 * Which prefix means which namespace at one point of a document. Lookup is one map access however deep the point is,
 * and leaving an element undoes only what that element declared, so a new prefix on every element stays linear.
 */
export type Bindings = { readonly current: Map<string, string>; readonly log: (string | undefined)[] };

/** No prefix bound yet. */
export const createBindings = (): Bindings => ({ current: new Map(), log: [] });

/** Binds a prefix until `release` goes back past this point. */
export function bind(bindings: Bindings, prefix: string, uri: string): void {
  bindings.log.push(prefix, bindings.current.get(prefix));
  bindings.current.set(prefix, uri);
}

/** Restores the bindings of the moment when the log had `mark` entries. */
export function release(bindings: Bindings, mark: number): void {
  const { current, log } = bindings;
  while (log.length > mark) {
    const before = log.pop();
    const prefix = log.pop();
    if (prefix === undefined) return;
    if (before === undefined) current.delete(prefix);
    else current.set(prefix, before);
  }
}
