/**
 * Where the browser begins: which page this address is, in which language and colours. Pages other than the log-in follow
 * the feed.
 */
import './page/polyfills.ts';
import './page/theme.css';
import './page/panel.css';
import './page/desk.css';
import './page/controls.css';
import './page/printed.css';
import { effect } from '@preact/signals';
import type { ComponentType } from 'preact';
import { render } from 'preact';
import { type PageId, pageAt, pageTable } from '../core/site/pages.ts';
import { later } from './later.tsx';
import { LoginPage } from './login/login-page.tsx';
import { lang } from './page/language.ts';
import { follow } from './page/page-feed.ts';
import { wearTheme } from './page/theme.ts';
import { wearTitle } from './page/title.ts';
import { WallPage } from './wall/wall-page.tsx';

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
  wall: WallPage,
  phone: later(async () => (await import('./phone/phone-page.tsx')).PhonePage),
  point: later(async () => (await import('./phone/point-page.tsx')).PointPage),
  setup: later(async () => (await import('./setup/health-page.tsx')).SetupPage),
  limits: later(async () => (await import('./setup/limits-page.tsx')).ThresholdPage),
  channels: later(async () => (await import('./setup/channels-page.tsx')).ChannelsPage),
  walk: later(async () => (await import('./setup/walk-page.tsx')).WalkPage),
  certificates: later(async () => (await import('./certificates/certificate-page.tsx')).CertificatePage),
  phones: later(async () => (await import('./pairing/phones-page.tsx')).PhonesPage),
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
// A page for people who are not logged in has no feed to follow.
if ('ask' in pageTable[page]) follow();
app.textContent = '';
render(<Page />, app);
