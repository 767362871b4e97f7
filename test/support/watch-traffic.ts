import { afterAll } from 'vitest';
import { keepOutAnswer, keepOutRequest } from './traffic.ts';

/** What a test file asks servers in other processes, and what they answer, is watched for secrets of its people. */
const own = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const address = input instanceof Request ? input.url : String(input);
  keepOutRequest(address, init?.headers, init?.body);
  const answer = await own(input, init);
  await keepOutAnswer(address, answer);
  return answer;
};
afterAll(() => {
  globalThis.fetch = own;
});
