/**
 * What the program ends with, for service managers and scripts. 64 (the call was wrong) and 78 (the configuration is) are those of
 * sysexits(3), by which `deploy/gatehouse.service` knows that trying again is in vain.
 */
export const exit = { ok: 0, failed: 1, usage: 64, config: 78 } as const;
