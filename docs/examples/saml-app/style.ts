/** The whole look. */
export const STYLE = `
:root { color-scheme: light dark; background: Canvas; color: CanvasText; --line: light-dark(#a9aeb1, #71767a); --mark: light-dark(#3d4f9f, #a9b8f5); }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; }
header { padding: .75rem 1rem; background: #292d42; } header a { color: #fff !important; font-weight: 700; text-decoration: none; }
label { display: block; padding: .25rem 0; } main { max-width: 48rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
a { color: var(--mark); } .notice { padding-left: 1rem; border-left: 4px solid var(--mark); }
fieldset { margin: 1rem 0; padding: .5rem 1rem; border: 1px solid var(--line); border-radius: .5rem; }
label:has(> [type=radio], > [type=checkbox]) { display: flex; gap: .5rem; align-items: baseline; }
legend, caption, dt { font-weight: 700; text-align: left; }
.field :is(input, select) { display: block; width: 100%; max-width: 24rem; box-sizing: border-box; padding: .4rem; font: inherit; }
button { padding: .6rem 1.5rem; border: 0; border-radius: .4rem; background: #3d4f9f; color: #fff; font: inherit; font-weight: 700; }
:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
table { width: 100%; margin: 1rem 0; border-collapse: collapse; }
th, td { padding: .35rem .5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { overflow-wrap: normal; }
form { margin-top: 1rem; }
`;
