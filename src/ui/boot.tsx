/**
 * Where the browser begins: which page this address is, in which language and colours. Pages other than the log-in follow
 * the feed.
 */
import './page/polyfills.ts';
import './page/theme.css';
import './page/panel.css';
import './page/desk.css';
import './page/controls.css';
import { effect } from '@preact/signals';
import type { ComponentType } from 'preact';
import { render } from 'preact';
import { ConsolePage } from './console/console-page.tsx';
import { LoginPage } from './login/login-page.tsx';
import { lang, t } from './page/language.ts';
import { follow } from './page/page-feed.ts';
import { wearTheme } from './page/theme.ts';
import { wearTitle } from './page/title.ts';
import { PatrolPage } from './patrol/patrol-page.tsx';
import { PhonePage } from './phone/phone-page.tsx';
import { KpiPage } from './report/kpi-page.tsx';
import { SetupPage } from './setup/health-page.tsx';
import { ThresholdPage } from './setup/limits-page.tsx';
import { WalkPage } from './setup/walk-page.tsx';
import { WallPage } from './wall/wall-page.tsx';

const pages: Readonly<Record<string, ComponentType>> = {
  wall: WallPage,
  console: ConsolePage,
  m: PhonePage,
  patrol: PatrolPage,
  kpi: KpiPage,
  setup: SetupPage,
  'setup/threshold': ThresholdPage,
  'setup/walk': WalkPage,
  login: LoginPage,
};

const [, name = '', part = ''] = location.pathname.split('/');
const page = `${name}/${part}` in pages ? `${name}/${part}` : name || 'console';
const Page = pages[page];
const app = document.getElementById('app');
if (!app) throw new Error('index.html has no #app');

document.documentElement.dataset.page = name;
effect(() => {
  document.documentElement.lang = lang.value === 'zh' ? 'zh-CN' : 'en';
});
wearTheme();
wearTitle(page);
if (Page && name !== 'login') follow();
app.textContent = '';
render(Page ? <Page /> : <p class="boot">{t('unknownPage')}</p>, app);
