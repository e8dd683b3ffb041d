/**
 * Where the browser begins: which page this address is, in which language and colours. Pages other than the log-in follow
 * the feed.
 */
import './page/polyfills.ts';
import './sheets.ts';
import { effect } from '@preact/signals';
import type { ComponentType } from 'preact';
import { render } from 'preact';
import { type PageId, pageAt, pageTable } from '../core/site/pages.ts';
import { LoginPage } from './login/login-page.tsx';
import { whoAmI } from './page/gateway-api.ts';
import { lang } from './page/language.ts';
import { later } from './page/later.tsx';
import { follow, schoolName, you } from './page/page-feed.ts';
import { wearTheme } from './page/theme.ts';
import { wearTitle } from './page/title.ts';

/** A page of the table that nothing shows does not compile. */
const components: Readonly<Record<PageId, ComponentType>> = {
  console: later(async () => (await import('./console/console-page.tsx')).ConsolePage),
  history: later(async () => (await import('./history/history-page.tsx')).HistoryPage),
  duty: later(async () => (await import('./duty/duty-page.tsx')).DutyPage),
  patrol: later(async () => (await import('./patrol/patrol-page.tsx')).PatrolPage),
  week: later(async () => (await import('./patrol/week-page.tsx')).WeekPage),
  imports: later(async () => (await import('./patrol/import-page.tsx')).ImportPage),
  audit: later(async () => (await import('./audit/audit-page.tsx')).AuditPage),
  kpi: later(async () => (await import('./report/kpi-page.tsx')).KpiPage),
  canteen: later(async () => (await import('./canteen/canteen-page.tsx')).CanteenPage),
  drill: later(async () => (await import('./drill/drill-page.tsx')).DrillPage),
  tap: later(async () => (await import('./drill/tap-page.tsx')).TapPage),
  wall: later(async () => (await import('./wall/wall-page.tsx')).WallPage),
  phone: later(async () => (await import('./phone/phone-page.tsx')).PhonePage),
  point: later(async () => (await import('./phone/point-page.tsx')).PointPage),
  setup: later(async () => (await import('./setup/health-page.tsx')).SetupPage),
  limits: later(async () => (await import('./setup/limits-page.tsx')).ThresholdPage),
  cameras: later(async () => (await import('./setup/camera-page.tsx')).CamerasPage),
  channels: later(async () => (await import('./setup/channels-page.tsx')).ChannelsPage),
  walk: later(async () => (await import('./setup/walk-page.tsx')).WalkPage),
  certificates: later(async () => (await import('./certificates/certificate-page.tsx')).CertificatePage),
  phones: later(async () => (await import('./pairing/phones-page.tsx')).PhonesPage),
  sensors: later(async () => (await import('./sensors/sensors-page.tsx')).SensorsPage),
  kitchen: later(async () => (await import('./kitchen/kitchen-page.tsx')).KitchenPage),
  pair: later(async () => (await import('./pairing/pair-page.tsx')).PairPage),
  login: LoginPage,
};

const page = pageAt(location.pathname);
if (!page) throw new Error(`the gateway served ${location.pathname}, which is no page`);
const Page = components[page];
const app = document.getElementById('app');
if (!app) throw new Error('index.html has no #app');

document.documentElement.dataset.page = page;
effect(() => {
  document.documentElement.lang = lang.value === 'zh' ? 'zh-CN' : 'en';
});
wearTheme();
wearTitle(page);
// A page for people who are not logged in has no feed to follow, nor has one that asks a route of its own.
if ('ask' in pageTable[page] && !('alone' in pageTable[page])) follow();
// Whose log-in it is such a page asks for itself: the ways to the others must not hang on what it shows.
else if ((pageTable[page].ways as readonly string[]).includes('bar'))
  void whoAmI().then((user) => {
    you.value ??= user;
    schoolName.value = user?.school;
  });
const show = (Shown: ComponentType) => {
  app.textContent = '';
  render(<Shown />, app);
};
// A wall is there with its first picture, and says of no part of itself that it is loading; where its script cannot be had, that is said.
if (page === 'wall') {
  import('./wall/wall-page.tsx').then(
    ({ WallPage }) => show(WallPage),
    () => show(Page),
  );
} else show(Page);
