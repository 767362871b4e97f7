/** Line drawings on a 24 by 24 grid, drawn for Gatehouse. */
const paths = {
  account: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-8 9c0-4 3.6-6 8-6s8 2 8 6',
  app: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z',
  back: 'M20 12H5m6-7-7 7 7 7',
  check: 'm4 12 6 6L20 6',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l4 2',
  close: 'm5 5 14 14M19 5 5 19',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  download: 'M12 4v11m-5-5 5 5 5-5M4 20h16',
  error: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v6m0 3.5v.5',
  forward: 'M4 12h15m-6-7 7 7-7 7',
  globe:
    'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3 12h18M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9S9 6 12 3Z',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-10v6m0-9.5V8',
  key: 'M8 19a5 5 0 1 0 0-10 5 5 0 0 0 0 10Zm3.5-8.500L20 2m-5 5 3.500 3.500',
  list: 'M9 6h11M9 12h11M9 18h11M4 6h.5M4 12h.5M4 18h.5',
  lock: 'M5 11h14v10H5zM8 11V8a4 4 0 0 1 8 0v3m-4 4v2',
  mail: 'M3 5h18v14H3zm0 1 9 7 9-7',
  phone: 'M7 2h10v20H7zm4 17h2',
  print: 'M7 9V3h10v6M5 9h14v8h-2M7 17H5V9m2 5h10v7H7z',
  shield: 'M12 3 5 6v5c0 5 3 8 7 10 4-2 7-5 7-10V6zm-3.500 8.500 2.500 2.500 4.500-4.500',
  trash: 'M4 6h16M9 6V3h6v3M6 6l1 15h10l1-15m-8 4v7m4-7v7',
  warning: 'M12 3 2 20.500h20zM12 10v5m0 2.500v.5',
} as const;

export type IconName = keyof typeof paths;

/** A decorative icon; never the only carrier of a meaning (UX-5). */
export const Icon = (props: { name: IconName; size?: 'small' | 'normal' | 'large' }) => (
  <svg
    class={`gh-icon gh-icon--${props.size ?? 'normal'}`}
    viewBox="0 0 24 24"
    aria-hidden="true"
    focusable="false"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
  >
    <path d={paths[props.name]} />
  </svg>
);
