/**
 * A value that is made when it is first asked for and kept. For what not every isolate needs: whatever a module makes as it
 * loads, each new one pays for before its first answer (docs/decisions/bundle.md).
 */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
