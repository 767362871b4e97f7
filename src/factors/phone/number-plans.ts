/** How one country's or territory's numbers are built (ITU-T E.164 and national plans). */
export interface NumberPlan {
  /** ISO 3166-1 alpha-2, and XK. */
  readonly country: string;
  /** Country calling code, digits only. */
  readonly code: string;
  /** Fewest and most digits of a fixed or mobile number after the calling code. */
  readonly shortest: number;
  readonly longest: number;
  /** Digits dialled before a national number at home, never abroad; empty where there are none. */
  readonly trunk: string;
}

/**
 * Country, calling code, ":" number of digits, "/" trunk prefix. Of countries that share a calling code the first is the
 * one a number is taken for when nothing else tells. Places without a text route (and special services) are left out.
 */
const PLANS =
  'AU61:9/0 CW599:7-8 FI358:6-10/0 GB44:9-10/0 GP590:9/0 IT39:6-12 MA212:9/0 NO47:8 RE262:9/0 RU7:10/8 ' +
  'SH290:4-5 US1:10 AD376:6-9 AE971:8-9/0 AF93:9/0 AG1:10 AI1:10 AL355:8-9/0 AM374:8/0 AO244:9 ' +
  'AR54:10-11/0 AS1:10 AT43:6-13/0 AW297:7 AX358:6-10/0 AZ994:9/0 BA387:8-9/0 BB1:10 BD880:8-10/0 ' +
  'BE32:8-9/0 BF226:8 BG359:6-9/0 BH973:8 BI257:8 BJ229:10 BL590:9/0 BM1:10 BN673:7 BO591:8/0 BQ599:7 ' +
  'BR55:10-11/0 BS1:10 BT975:7-8 BW267:7-8 BY375:9/80 BZ501:7 CA1:10 CC61:9/0 CD243:7-10/0 CF236:8 ' +
  'CG242:9 CH41:9/0 CI225:10 CK682:5 CL56:9 CM237:9 CN86:9-11/0 CO57:10/0 CR506:8 CV238:7 CX61:9/0 ' +
  'CY357:8 CZ420:9 DE49:6-11/0 DJ253:8 DK45:8 DM1:10 DO1:10 DZ213:8-9/0 EC593:8-9/0 EE372:7-8 ' +
  'EG20:8-10/0 ER291:7/0 ES34:9 ET251:9/0 FJ679:7 FK500:5 FM691:7 FO298:6 FR33:9/0 GA241:7-8 GD1:10 ' +
  'GE995:9/0 GF594:9/0 GG44:10/0 GH233:9/0 GI350:8 GL299:6 GM220:7-9 GN224:8-9 GQ240:9 GR30:10 GT502:8 ' +
  'GU1:10 GW245:9 GY592:7 HK852:8 HN504:8 HR385:8-9/0 HT509:8 HU36:8-9/06 ID62:8-12/0 IE353:8-9/0 ' +
  'IL972:8-9/0 IM44:10/0 IN91:10/0 IO246:7 IQ964:9-10/0 IS354:7-9 JE44:10/0 JM1:10 JO962:8-9/0 ' +
  'JP81:9-10/0 KE254:7-9/0 KG996:9/0 KH855:8-9/0 KI686:5-8/0 KM269:7 KN1:10 KR82:8-10/0 KW965:8 KY1:10 ' +
  'KZ7:10/8 LA856:8-10/0 LB961:7-8/0 LC1:10 LI423:7-9/0 LK94:9/0 LR231:7-9/0 LS266:8 LT370:8/0 ' +
  'LU352:4-11 LV371:8 LY218:9/0 MC377:8-9/0 MD373:8/0 ME382:8/0 MF590:9/0 MG261:9/0 MH692:7/1 MK389:8/0 ' +
  'ML223:8 MM95:7-10/0 MN976:8-10/0 MO853:8 MP1:10 MQ596:9/0 MR222:8 MS1:10 MT356:8 MU230:7-8 MV960:7 ' +
  'MW265:7-9/0 MX52:10 MY60:8-10/0 MZ258:8-9 NA264:8-9/0 NC687:6 NE227:8 NF672:6 NG234:10/0 NI505:8 ' +
  'NL31:9/0 NP977:8-10/0 NR674:7 NU683:4-7 NZ64:8-10/0 OM968:8 PA507:7-8 PE51:8-9/0 PF689:8 PG675:7-8 ' +
  'PH63:6-10/0 PK92:9-10/0 PL48:9 PM508:6-9/0 PR1:10 PS970:8-9/0 PT351:9 PW680:7 PY595:7-9/0 QA974:8 ' +
  'RO40:6-9/0 RS381:8-10/0 RW250:8-9/0 SA966:9/0 SB677:5-7 SC248:7 SD249:9/0 SE46:7-9/0 SG65:8 ' +
  'SI386:8/0 SJ47:8 SK421:6-9/0 SL232:8/0 SM378:8-10 SN221:9 SO252:7-9/0 SR597:6-7 SS211:9/0 ST239:7 ' +
  'SV503:8 SX1:10 SZ268:8 TC1:10 TD235:8 TG228:8 TH66:8-9/0 TJ992:9 TK690:4-7 TL670:7-8 TM993:8/8 ' +
  'TN216:8 TO676:5-7 TR90:10/0 TT1:10 TV688:5-7 TW886:8-9/0 TZ255:9/0 UA380:9/0 UG256:9/0 UY598:8/0 ' +
  'UZ998:9 VA39:6-11 VC1:10 VE58:10/0 VG1:10 VI1:10 VN84:9-10/0 VU678:5-7 WF681:6 WS685:5-7 XK383:8-9/0 ' +
  'YE967:7-9/0 YT262:9/0 ZA27:9/0 ZM260:9/0 ZW263:9/0';

const read = (word: string): NumberPlan => {
  const [, country = '', code = '', shortest = '', longest = shortest, trunk = ''] =
    /^([A-Z]{2})(\d+):(\d+)(?:-(\d+))?(?:\/(\d+))?$/.exec(word) ?? [];
  return { country, code, shortest: Number(shortest), longest: Number(longest), trunk };
};

let plans: ReadonlyMap<string, NumberPlan> | null = null;

/** All plans by country; read at first use. */
export function numberPlans(): ReadonlyMap<string, NumberPlan> {
  plans ??= new Map(PLANS.split(' ').map((word) => [word.slice(0, 2), read(word)]));
  return plans;
}

/** The plan of a country; null for a place that cannot be reached. */
export const planOf = (country: string): NumberPlan | null => numberPlans().get(country) ?? null;

/** Plans that share a calling code, the usual one first; none for a code nobody has. */
export const plansWithCode = (code: string): readonly NumberPlan[] =>
  [...numberPlans().values()].filter((plan) => plan.code === code);
