import type { BrowserContext } from 'playwright-core';
import { keepOut } from '../../support/heard-lines.ts';
import { secretsIn } from '../../support/log-watch.ts';
import { keepOutRequest } from '../../support/traffic.ts';

/** What is typed, followed and kept in this profile may stand in no line of a log (O23). */
export function watchContext(context: BrowserContext): void {
  context.on('request', (request) => keepOutRequest(request.url(), request.headers(), request.postData()));
  const close = context.close.bind(context);
  context.close = async (how) => {
    const cookies = await context.cookies().catch(() => []);
    keepOut(cookies.flatMap(({ value }) => secretsIn(value)));
    await close(how);
  };
}
