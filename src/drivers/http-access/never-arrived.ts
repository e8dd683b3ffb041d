/** What an error of a socket says of the machine behind it, whatever is spoken with it. */

/** Codes of a machine that is off, or out of the network: whoever is merely slow, or far behind a busy network, is never told of by these. */
const OFF = /^(ECONNREFUSED|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH)$/;

/** Whether a request that ended by this code of a socket never arrived. */
export const neverArrived = (code: string): boolean => OFF.test(code);
