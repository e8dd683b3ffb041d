/** What a configuration says of the canary, as the core goes by it. Pure. */
import type { z } from 'zod';
import type { CanaryPlan } from '../../core/types.ts';
import { given, minuteOf } from '../parts/compile-parts.ts';
import type { tell } from '../parts/schema-tell.ts';

export const compileCanary = ({
  device,
  to,
  at,
  answers,
  alert,
}: NonNullable<z.infer<typeof tell>['canary']>): CanaryPlan => ({
  ...{ device, to, minute: minuteOf(at), alert: given(alert) },
  ...(answers && { answers }),
});
