const JURISDICTIONS: readonly DurableObjectJurisdiction[] = ['eu', 'fedramp', 'us'];

/**
 * The one way to a namespace (platform ST-5): restricted to where the deployment's data must stay, as it is elsewhere.
 * The same name is a different object with and without a restriction, so this never changes once people have signed
 * in. The local runtime knows no jurisdictions; an empty setting asks for none.
 */
export function within<T extends Rpc.DurableObjectBranded | undefined>(
  namespace: DurableObjectNamespace<T>,
  jurisdiction: string | null,
): DurableObjectNamespace<T> {
  if (jurisdiction === null) return namespace;
  const known = JURISDICTIONS.find((name) => name === jurisdiction);
  if (known === undefined) throw new Error('JURISDICTION is not one the platform knows');
  return namespace.jurisdiction(known);
}
