/**
 * Where the browser begins at the bureau: which page this address is, in which language and colours, and who is logged in. What a page
 * follows it follows by itself.
 */
import './page/polyfills.ts';
import './sheets.ts';
import { effect } from '@preact/signals';
import type { ComponentType } from 'preact';
import { render } from 'preact';
import { districtPageAt, districtPages, firstDistrictPage, type OwnPageId } from '../district/board/district-pages.ts';
import { mayDistrict } from '../district/board/district-rights.ts';
import { districtAnswers } from '../words/district/shell-words.ts';
import { keepOfficer, officer, officerNow } from './district/officer.ts';
import { keepTabLanguage } from './district/tab-language.ts';
import { lang, reword, say } from './page/language.ts';
import { later } from './page/later.tsx';
import { wearTheme } from './page/theme.ts';

/** A page of the table that nothing shows does not compile. */
const components: Readonly<Record<OwnPageId, ComponentType>> = {
  wall: later(async () => (await import('./district/overview/district-wall.tsx')).DistrictWallPage),
  map: later(async () => (await import('./district/overview/district-map.tsx')).DistrictMapPage),
  alarms: later(async () => (await import('./district/lists/alarm-list-page.tsx')).AlarmListPage),
  orders: later(async () => (await import('./district/orders-page.tsx')).OrdersPage),
  patrol: later(async () => (await import('./district/lists/rates-page.tsx')).PatrolRatesPage),
  canteen: later(async () => (await import('./district/lists/rates-page.tsx')).CanteenRatesPage),
  values: later(async () => (await import('./district/values/values-page.tsx')).ValuesPage),
  drills: later(async () => (await import('./district/drills/drills-page.tsx')).DrillsPage),
  ledger: later(async () => (await import('./district/reports/ledger-page.tsx')).LedgerPage),
  assessment: later(async () => (await import('./district/reports/assessment-page.tsx')).AssessmentPage),
  accountability: later(async () => (await import('./district/reports/accountability-page.tsx')).AccountabilityPage),
  schools: later(async () => (await import('./district/access/schools-page.tsx')).SchoolsPage),
  people: later(async () => (await import('./district/access/people-page.tsx')).PeoplePage),
  trail: later(async () => (await import('./district/access/trail-page.tsx')).TrailPage),
  records: later(async () => (await import('./district/access/records-page.tsx')).RecordsPage),
  account: later(async () => (await import('./district/access/own-password-page.tsx')).OwnPasswordPage),
  login: later(async () => (await import('./district/access/district-login.tsx')).DistrictLoginPage),
};

const found = districtPageAt(location.pathname);
if (!found) throw new Error(`the district served ${location.pathname}, which is no page`);
const app = document.getElementById('app');
if (!app) throw new Error('district.html has no #app');

reword(districtAnswers);
keepTabLanguage();
document.documentElement.dataset.page = `district-${found.id}`;
effect(() => {
  document.documentElement.lang = lang.value === 'zh' ? 'zh-CN' : 'en';
});

/** A page of the bureau itself. */
function showOwn(id: OwnPageId, at: HTMLElement): void {
  effect(() => {
    document.title = `${say(districtPages[id].title)} · ${say(officer.value?.district ?? districtAnswers.appName)}`;
  });
  wearTheme(officerNow);
  if ('right' in districtPages[id]) keepOfficer();
  // The wall is where an address without a page leads; whoever has no wall begins elsewhere.
  if (id === 'wall')
    effect(() => {
      const { role } = officer.value ?? {};
      if (role && !mayDistrict(role, districtPages.wall.right))
        location.replace(districtPages[firstDistrictPage(role)].path);
    });
  const Page = components[id];
  const show = (Shown: ComponentType) => {
    at.textContent = '';
    render(<Shown />, at);
  };
  // A wall is there with its first picture, and says of no part of itself that it is loading; where its script cannot be had, that is said.
  if (id === 'wall') {
    import('./district/overview/district-wall.tsx').then(
      ({ DistrictWallPage }) => show(DistrictWallPage),
      () => show(Page),
    );
  } else show(Page);
}

/** A page of a school, out of the district's copy. */
function showSchool(at: HTMLElement): void {
  import('./district/look/copy-boot.tsx').then(
    ({ showCopy }) => showCopy(at),
    () => {
      at.textContent = say(districtAnswers.noNetwork);
    },
  );
}

if (found.school === undefined) showOwn(found.id, app);
else showSchool(app);
