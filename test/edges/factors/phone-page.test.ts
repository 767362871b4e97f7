import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, expect, it } from 'vitest';
import { Browser } from '../../support/browser.ts';
import { countedWorker } from '../../support/counted-worker.ts';
import { aPerson } from '../../support/people.ts';

const PAGE = 'GET /login/two_factor/sms';
const { worker, log } = countedWorker();
const statements: string[] = [];
const prepare = env.DB.prepare.bind(env.DB);

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  env.DB.prepare = (text) => {
    statements.push(text);
    return prepare(text);
  };
});

it('PH-7 the page that sends a code asks once what is known of the number, not twice', async () => {
  const person = await aPerson(worker, { factors: ['phone'] });
  const browser = new Browser(worker);
  await browser.open('/');
  statements.length = 0;
  await browser.submit({ username: person.email, 'current-password': person.password });
  expect(log.at(-1)?.what).toBe(PAGE);
  expect(statements.filter((text) => /from "phone_news"/.test(text))).toHaveLength(1);
});
