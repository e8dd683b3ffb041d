/** Whether what the public screen shows is there: cameras that are cameras, gauges that are gauges, none twice. It changes nothing. */
import { noSuchGauge, ownThings } from '../../words/site/config-part-words.ts';
import type { ConfigCheck, modelOf, mustBeFamily, mustDiffer, mustExist } from '../references.ts';
import type { Path } from '../yaml-text.ts';

/** The words in which references are refused, and what a device is. */
interface KitchenRefusals {
  readonly mustBeFamily: typeof mustBeFamily;
  readonly mustDiffer: typeof mustDiffer;
  readonly mustExist: typeof mustExist;
  readonly modelOf: typeof modelOf;
}

/** Reports what the public screen cannot show. */
export function checkKitchen(
  check: ConfigCheck,
  { mustBeFamily, mustDiffer, mustExist, modelOf }: KitchenRefusals,
): void {
  const { cameras = [], sensors = [] } = check.file.kitchen ?? {};
  const seen = new Map<string, Path>();
  for (const [i, one] of cameras.entries()) {
    const at: Path = ['kitchen', 'cameras', i, 'camera'];
    mustBeFamily(check, at, one?.camera, 'camera');
    mustDiffer(check, seen, at, one?.camera, ownThings.camera);
  }
  for (const [i, one] of sensors.entries()) {
    const at: Path = ['kitchen', 'sensors', i];
    if (!one || !mustExist(check, [...at, 'device'], one.device, 'devices') || one.device === undefined) continue;
    const model = modelOf(check, one.device);
    const { point: key = 'temperature' } = one;
    if (!model || model.points.some((point) => point.key === key && point.keep === 'gauge')) continue;
    const gauges = model.points.flatMap((point) => (point.keep === 'gauge' ? [point.key] : []));
    const where: Path = check.source.has([...at, 'point']) ? [...at, 'point'] : [...at, 'device'];
    check.source.refuse(where, noSuchGauge(key, model.id, gauges));
  }
}
