/**
 * The arming tab of the desk: areas first, because that is what one sets and unsets; then what is to come, then zone by zone.
 */
import { useEffect } from 'preact/hooks';
import { learnPin } from '../text/pin-field.tsx';
import { Areas } from './area-cards.tsx';

import { PreviewStrips } from './week-ahead.tsx';
import { ZoneTable } from './zone-list.tsx';
import './arming.css';

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
