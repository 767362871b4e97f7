const GROUPS = 8;
const GROUP = /^[0-9a-f]{1,4}$/i;
/** RFC 4291 section 2.5.5.2: an IPv4 address in IPv6 clothes. */
const MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

/** The eight groups of an IPv6 address, `::` filled in and leading zeros dropped (RFC 4291 section 2.2); null for any other text. */
function groupsOf(address: string): readonly string[] | null {
  const [head = '', tail, ...more] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = GROUPS - before.length - after.length;
  if (more.length > 0 || (tail === undefined ? missing !== 0 : missing < 1)) return null;
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  return groups.every((group) => GROUP.test(group))
    ? groups.map((group) => Number.parseInt(group, 16).toString(16))
    : null;
}

const asIpv4 = (address: string): string => MAPPED.exec(address)?.[1] ?? address;

/** What limits count by: an IPv4 address, or the /64 an IPv6 address is in (O36), however either is written. */
export function limitedNetwork(address: string): string {
  const plain = asIpv4(address);
  return groupsOf(plain)?.slice(0, 4).join(':') ?? plain;
}

/** The network people are shown and may recognise: cut to /24, or to /48, so that it leads to no single household. */
export function shownNetwork(address: string): string {
  const plain = asIpv4(address);
  const groups = groupsOf(plain);
  if (groups !== null) return `${groups.slice(0, 3).join(':')}::/48`;
  const [a, b, c, d] = plain.split('.');
  return d === undefined ? '' : `${a}.${b}.${c}.0/24`;
}
