/** Whether a value decoded from JSON is an object with string keys. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The string under a key, or null when it is absent or of another type. */
export function stringAt(value: unknown, key: string): string | null {
  const found = isRecord(value) ? value[key] : null;
  return typeof found === 'string' ? found : null;
}
