import { spawn } from 'node:child_process';

/** How a command ended and what it printed. */
export interface Outcome {
  /** Exit code; 1 when a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Options of one run. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Shows the output while it comes, beside collecting it. */
  readonly show?: boolean;
}

/** Runs `program` with `args`, without standard input, and never throws for a non-zero exit. */
export type Run = (program: string, args: readonly string[], options?: RunOptions) => Promise<Outcome>;

/** The real {@link Run}: a child process of this one. */
export const run: Run = (program, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: {
        ...process.env,
        WRANGLER_HIDE_BANNER: 'true',
        WRANGLER_SEND_METRICS: 'false',
        NO_COLOR: '1',
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
      if (options.show) process.stdout.write(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
      if (options.show) process.stderr.write(chunk);
    });
    child.on('error', (error) => resolve({ code: 127, stdout, stderr: `${stderr}${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });

/** Everything a command printed, for error messages. */
export const printed = (outcome: Outcome): string => `${outcome.stdout}${outcome.stderr}`.trim();
