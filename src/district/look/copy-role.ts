/** As whom an officer stands in the copy of a school: he sees as far as his right goes, and acts nowhere. Pure. */
import type { BureauRole } from '../../core/types.ts';
import { type DistrictRole, mayDistrict } from '../board/district-rights.ts';

export const copyRole = (role: DistrictRole): BureauRole => (mayDistrict(role, 'covert') ? 'bureau-head' : 'bureau');
