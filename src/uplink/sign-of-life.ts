/**
 * When a school counts as lost: said once for the gateway, the district and its pages, which cannot load what checks the protocol. It must
 * never import anything.
 */

/** A school that said nothing for so long is lost (失联), ms. */
export const LOST_MS = 90_000;
