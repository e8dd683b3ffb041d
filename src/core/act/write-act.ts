/**
 * A value written to a device by hand. Here it is only ordered; the gateway owes it from then on.
 */

import { refuse } from '../alarm/authorize.ts';
import { lookup } from '../site/lookup.ts';
import type { Act } from './act.ts';
import { coded } from './coded.ts';

export const write: Act<'write'> = {
  words: { zh: '手动写入设备', en: 'Write a value to a device' },
  rule: coded((draft, by, command) => {
    const { device, point: key, value } = command;
    const point = lookup(lookup(draft.site.devices, device)?.points ?? {}, key);
    if (!point || typeof value !== point.type) return refuse(draft, by, command, 'unknown-point');
    if (!point.writable) return refuse(draft, by, command, 'not-writable');
    draft.add({ kind: 'ordered', device, point: key, value, by: by.name });
  }),
};
