import { drawnSvg } from '../raw.ts';

/** A QR code from the SVG text its maker returned. `label` says what it is for; give the content as text beside it too. */
export const QrCode = (props: { svg: string; label: string }) => (
  <div class="gh-qr" role="img" aria-label={props.label}>
    {drawnSvg(props.svg)}
  </div>
);
