/**
 * The arming tab of the desk: areas first, because that is what one sets and unsets; then what is to come, then zone by zone.
 */
import { useEffect } from 'preact/hooks';
import { learnPin } from '../arming.ts';
import { Areas } from './areas.tsx';
import { PreviewStrips } from './preview.tsx';
import { ZoneTable } from './zones.tsx';

export function Arming() {
  useEffect(() => void learnPin(), []);
  return (
    <>
      <Areas />
      <PreviewStrips />
      <ZoneTable />
    </>
  );
}
