import type { App } from '../../apps/model.ts';
import type { AuthorizationCheck } from './authorization-facts.ts';

/** PRM-1, OIDC Core section 3.1.2.1. One value only, so `none` can never stand beside another. */
export type Prompt = 'select_account' | 'login' | 'create' | 'none';

const isPrompt = (value: string): value is Prompt =>
  value === 'select_account' || value === 'login' || value === 'create' || value === 'none';

/** `prompt` as sent; absent means `select_account` (AUT-11). Null when it is none of ours. */
export function readPrompt(value: string | undefined): Prompt | null {
  if (value === undefined) return 'select_account';
  return isPrompt(value) ? value : null;
}

const isPermitted = (prompt: Prompt, app: App): boolean => {
  switch (prompt) {
    case 'login':
      return app.allow_prompt_login;
    case 'create':
      return app.prompt_create_allowed;
    case 'select_account':
    case 'none':
      return true;
  }
};

/** PRM-1: the value is known. */
export const checkPromptKnown: AuthorizationCheck = ({ parameters }) =>
  readPrompt(parameters.get('prompt')) === null ? 'prompt-unknown' : null;

/** PRM-1: the value is known, and the app may use it. */
export const checkPromptPermitted: AuthorizationCheck = ({ parameters, app }) => {
  const prompt = readPrompt(parameters.get('prompt'));
  if (prompt === null) return 'oidc-no-prompt';
  return app === null || isPermitted(prompt, app) ? null : 'oidc-no-prompt';
};
