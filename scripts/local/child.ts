import { spawn } from 'node:child_process';
import { lineSplitter } from './wrangler-log.ts';

/** A program that runs beside this script until it is stopped. */
export interface Child {
  /** Exit code, or null when a signal ended it; never rejects. */
  readonly ended: Promise<number | null>;
  readonly running: () => boolean;
  /** The last lines it printed, oldest first. */
  readonly lastLines: () => readonly string[];
  /** Asks it to end, insists after five seconds, and resolves when it is gone. */
  readonly stop: () => Promise<void>;
}

const KEPT_LINES = 30;
const PATIENCE_MILLISECONDS = 5000;

const END_WITH_PARENT = new URL('./end-with-parent.ts', import.meta.url).href;

/** Starts a Node program without standard input; every line it prints goes to `onLine`. It ends when we do. */
export function startChild(
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    readonly onLine: (line: string) => void;
  },
): Child {
  const child = spawn(process.execPath, ['--import', END_WITH_PARENT, ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const kept: string[] = [];
  const take = (line: string): void => {
    kept.push(line);
    if (kept.length > KEPT_LINES) kept.shift();
    options.onLine(line);
  };
  child.stdout?.setEncoding('utf8').on('data', lineSplitter(take));
  child.stderr?.setEncoding('utf8').on('data', lineSplitter(take));
  let alive = true;
  const ended = new Promise<number | null>((resolve) => {
    child.on('error', (error) => {
      take(error.message);
      alive = false;
      resolve(127);
    });
    child.on('exit', (code) => {
      alive = false;
      resolve(code);
    });
  });
  return {
    ended,
    running: () => alive,
    lastLines: () => kept,
    stop: async () => {
      if (!alive) return;
      child.kill('SIGTERM');
      const insist = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MILLISECONDS);
      await ended;
      clearTimeout(insist);
    },
  };
}
