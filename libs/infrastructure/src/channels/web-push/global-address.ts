import { lookup as resolve } from 'node:dns';
import { BlockList, isIPv4, type LookupFunction } from 'node:net';

/** IANA special-purpose registries: what is not an address of the public internet. */
const notGlobal = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  notGlobal.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  // Teredo, benchmarking, ORCHID, documentation and 6to4: parts of 2000::/3 that lead elsewhere.
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  notGlobal.addSubnet(network, prefix, 'ipv6');
}
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/** Whether an IP address belongs to the public internet. Mapped and translated forms do not. */
export function isGlobalAddress(address: string): boolean {
  if (isIPv4(address)) return !notGlobal.check(address, 'ipv4');
  return globalUnicast.check(address, 'ipv6') && !notGlobal.check(address, 'ipv6');
}

/**
 * Resolves a name for a socket, and refuses it when any of its addresses is not global. The
 * socket connects to the very address that was checked, so a name that changes in between
 * (DNS rebinding) gains nothing. Node does not call it for IP literals.
 */
export const globalLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const first = addresses[0];
    if (!first || !addresses.every(({ address }) => isGlobalAddress(address))) {
      const refusal = new Error(`${hostname} does not lead to the public internet`);
      return callback(Object.assign(refusal, { code: 'ADDRESS_NOT_GLOBAL' }), []);
    }
    if (options.all) return callback(null, addresses);
    return callback(null, first.address, first.family);
  });
};
