/** Area codes of the North American Numbering Plan that are not of the United States, by country. */
const AREAS =
  'CA204,226,236,249,250,257,263,273,289,306,343,354,365,367,368,382,403,416,418,428,431,437,438,450,468,474,506,' +
  '514,519,548,579,581,584,587,604,613,639,647,672,683,705,709,742,753,778,780,782,807,819,825,867,873,879,902,905,942 ' +
  'AG268 AI264 AS684 BB246 BM441 BS242 DM767 DO809,829,849 GD473 GU671 JM658,876 KN869 KY345 LC758 MP670 MS664 ' +
  'PR787,939 SX721 TC649 TT868 VC784 VG284 VI340';

let byArea: ReadonlyMap<string, string> | null = null;

/** The country of a ten-digit number of country code 1; the United States for every area code not listed. */
export function nanpCountry(national: string): string {
  byArea ??= new Map(
    AREAS.split(' ').flatMap((word) =>
      word
        .slice(2)
        .split(',')
        .map((area) => [area, word.slice(0, 2)] as const),
    ),
  );
  return byArea.get(national.slice(0, 3)) ?? 'US';
}

/** Area code and exchange each start with 2 to 9, and neither is a service code such as 911. */
const NANP = /^(?!.11)[2-9][0-8]\d(?!.11)[2-9]\d{6}$/;

/** Whether ten digits can be a number of the plan. */
export const isNanpNumber = (national: string): boolean => NANP.test(national);
