/** Common passwords, most common first, from the static files; read once per isolate. */
export function commonPasswordList(
  readFile: (path: string) => Promise<Response>,
): () => Promise<readonly string[]> {
  let words: readonly string[] | null = null;
  return async () => {
    if (words !== null) return words;
    const response = await readFile('/static/words/common-passwords.txt');
    if (!response.ok) throw new Error('the list of common passwords is missing from the static files');
    words = (await response.text()).split('\n').filter((word) => word !== '');
    return words;
  };
}
