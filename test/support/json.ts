/** A JSON object of an answer; anything else fails the test that reads it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object, neither null nor a list. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value as an object. */
export function asObject(value: unknown): JsonObject {
  if (!isObject(value)) throw new Error(`not a JSON object: ${JSON.stringify(value)}`);
  return value;
}

/** A text member. */
export function textOf(object: JsonObject, name: string): string {
  const value = object[name];
  if (typeof value !== 'string') throw new Error(`no text ${name} in ${JSON.stringify(object)}`);
  return value;
}
