/** Sends the page's form on its way. Coming back through the browser's history must not send it again. */
const form = document.querySelector<HTMLFormElement>('form[data-auto-post]');
const [entry] = performance.getEntriesByType('navigation');
const wentBack = entry instanceof PerformanceNavigationTiming && entry.type === 'back_forward';
if (form !== null && !wentBack) form.submit();

export {};
