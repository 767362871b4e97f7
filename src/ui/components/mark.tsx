/** Gatehouse's mark: two towers, an arch, a portcullis half raised. Decorative; the name stands beside it. */
export const Mark = () => (
  <svg class="gh-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <path
      class="gh-mark__stone"
      d="M1 3h5v3h4V3h4v3h4V3h4v3h4V3h5v25a1 1 0 0 1-1 1h-4V19a10 10 0 0 0-20 0v10H2a1 1 0 0 1-1-1z"
    />
    <path
      class="gh-mark__gate"
      d="M11.500 14.500V25M16 13v14M20.500 14.500V25M9.500 18.250h13M9.500 22.500h13"
    />
  </svg>
);
