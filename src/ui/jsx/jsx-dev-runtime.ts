/** Test tools compile JSX to this name; the rest of what they pass along is for browsers. */
export { Fragment, type JSX, jsx as jsxDEV } from './jsx-runtime.ts';
