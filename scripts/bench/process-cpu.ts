import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second (`getconf CLK_TCK`). */
const TICK_MS = 10;

interface Process {
  readonly parent: number;
  readonly ticks: number;
}

function readProcess(pid: number): Process | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name is in parentheses and may hold anything; fields count from behind it.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return null;
  }
}

/** CPU milliseconds that a process and all it started have used so far; null where there is no /proc. */
export function cpuMsOf(root: number): number | null {
  let names: readonly string[];
  try {
    names = readdirSync('/proc');
  } catch {
    return null;
  }
  const all = new Map<number, Process>();
  for (const name of names) {
    const pid = Number(name);
    const found = Number.isInteger(pid) ? readProcess(pid) : null;
    if (found !== null) all.set(pid, found);
  }
  const belongs = (pid: number): boolean => {
    for (let at = pid; at > 1; at = all.get(at)?.parent ?? 0) if (at === root) return true;
    return false;
  };
  let ticks = 0;
  for (const [pid, process] of all) if (belongs(pid)) ticks += process.ticks;
  return all.has(root) ? ticks * TICK_MS : null;
}
