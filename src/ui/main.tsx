/**
 * Where the browser begins: which page this address is, in which language and colours. Pages other than the log-in follow
 * the feed.
 */
import './oldest.ts';
import './theme.css';
import './wall.css';
import './pages.css';
import './handling.css';
import './commission.css';
import './kpi.css';
import './arming.css';
import { effect } from '@preact/signals';
import type { ComponentType } from 'preact';
import { render } from 'preact';
import { follow } from './feed.ts';
import { ConsolePage } from './pages/console.tsx';
import { KpiPage } from './pages/kpi.tsx';
import { LoginPage } from './pages/login.tsx';
import { PatrolPage } from './pages/patrol.tsx';
import { PhonePage } from './pages/phone.tsx';
import { SetupPage } from './pages/setup.tsx';
import { ThresholdPage } from './pages/threshold.tsx';
import { WalkPage } from './pages/walk.tsx';
import { WallPage } from './pages/wall.tsx';
import { wearTheme } from './theme.ts';
import { wearTitle } from './title.ts';
import { lang, t } from './words.ts';

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
