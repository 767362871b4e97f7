/** Calls `flush` at the earliest of the times asked for, by the real clock; `flush` asks again for what it left. */
export function flushTimer(flush: (at: number) => void): { readonly by: (due: number) => void } {
  let timer: { readonly id: ReturnType<typeof setTimeout>; readonly due: number } | null = null;
  return {
    by(due) {
      if (timer !== null) {
        if (timer.due <= due) return;
        // Left to run it would find something to come back for, and so would never end while the session is in use.
        clearTimeout(timer.id);
      }
      const run = (): void => {
        timer = null;
        flush(Date.now());
      };
      timer = { id: setTimeout(run, due - Date.now()), due };
    },
  };
}
