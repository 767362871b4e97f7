/** The script of every page. Each part looks for its own marks in the document and does nothing without them. */
import { clearForms } from './elements/clear-forms.ts';
import { codeExpiry } from './elements/code-expiry.ts';
import { copyText } from './elements/copy-text.ts';
import { downloadText } from './elements/download-text.ts';
import { focusProblem } from './elements/focus-problem.ts';
import { platformHint } from './elements/platform-hint.ts';
import { printPage } from './elements/print-page.ts';
import { sessionTimeout } from './elements/session-timeout.ts';
import { showPassword } from './elements/show-password.ts';
import { submitOnce } from './elements/submit-once.ts';
import { webOtp } from './elements/web-otp.ts';

showPassword();
submitOnce();
copyText();
downloadText();
printPage();
focusProblem();
sessionTimeout();
clearForms();
webOtp();
codeExpiry();
platformHint();
