/**
 * What the page says that leads a person through trusting the school's root, on each kind of phone and on a computer, and what
 * is written in its drawings. Menus are called as their makers call them. Only that page reads it.
 */
import type { Words } from '../words.ts';

export const certificateWords = {
  why: {
    zh: '装上学校的根证书后，浏览器不再警告；拍照识别、保持亮屏、离线打开这些功能也只在这之后可用。每部手机、每台电脑只装一次。',
    en: 'With the root of the school installed browsers do not warn any more, and the live camera, the screen that stays lit and opening without a network work at all. Once for each phone and each computer.',
  },
  narrow: {
    zh: '这张根证书只能为本校网关的名称和地址担保，不能为其他网站担保。',
    en: 'This root can vouch for the names and addresses of the school’s gateway and for no other site.',
  },
  compare: {
    zh: '先核对指纹：和安装人员在网关上看到、写给您的那一串逐字比较。有一处不同就不要安装，请告诉安装人员。',
    en: 'Compare the fingerprint first, with the one the installer read at the gateway and wrote down for you. If one character differs, do not install it, and tell the installer.',
  },
  sha1: { zh: 'Windows 显示的指纹（SHA-1）', en: 'What Windows shows (SHA-1)' },
  until: { zh: '有效期至 {date}', en: 'Valid until {date}' },
  download: { zh: '下载根证书', en: 'Download the root' },
  none: {
    zh: '本网关还没有学校自己的证书。请安装人员在网关主机上运行 npm run certificates，按提示操作后再打开本页。',
    en: 'This gateway has no certificates of its own yet. The installer runs npm run certificates on its machine and follows what it says; then open this page again.',
  },
  scan: { zh: '用手机扫码打开本页', en: 'Scan it with a phone to open this page there' },
  which: { zh: '您的设备', en: 'Your device' },
  step: { zh: '第 {n} 步', en: 'Step {n}' },
  over: { zh: '装好了：回到首页', en: 'Done: to the first page' },
} as const satisfies Record<string, Words>;

/** A row of a drawn screen; the one to press is drawn with a thick frame, a switch as a switch that is on. */
export interface SketchRow {
  readonly text: Words;
  readonly press?: true;
  readonly turnOn?: true;
}

/** One step: what to do, and the screen it is done on. */
export interface GuideStep {
  readonly say: Words;
  readonly title: Words;
  readonly rows: readonly SketchRow[];
}

export interface DeviceGuide {
  readonly name: Words;
  /** Drawn as a phone, or as a window on a computer. */
  readonly shape: 'phone' | 'window';
  readonly steps: readonly GuideStep[];
}

const row = (zh: string, en: string): SketchRow => ({ text: { zh, en } });
const press = (zh: string, en: string): SketchRow => ({ ...row(zh, en), press: true });
const turnOn = (zh: string, en: string): SketchRow => ({ ...press(zh, en), turnOn: true });
const file = 'gatehouse-ca.crt';

const android: DeviceGuide = {
  name: { zh: '安卓 / 鸿蒙', en: 'Android' },
  shape: 'phone',
  steps: [
    {
      say: {
        zh: '用手机自带浏览器或 Chrome 打开本页（不要在微信、企业微信、钉钉里打开），点「下载根证书」，提示时选「保留」。',
        en: 'Open this page in Chrome or the phone’s own browser, not inside a chat, press “Download the root” and keep the file when asked.',
      },
      title: { zh: '浏览器', en: 'Browser' },
      rows: [row('SHA-256 指纹 …', 'SHA-256 fingerprint …'), press('下载根证书', 'Download the root')],
    },
    {
      say: {
        zh: '打开手机「设置」，在最上面的搜索框里搜「CA 证书」；没有就搜「从存储设备安装」或「加密与凭据」。',
        en: 'Open Settings and search for “CA certificate”; if there is none, for “Install from storage” or “Encryption and credentials”.',
      },
      title: { zh: '设置', en: 'Settings' },
      rows: [
        row('搜索：CA 证书', 'Search: CA certificate'),
        press('CA 证书', 'CA certificate'),
        row('VPN 和应用用户证书', 'VPN & app user certificate'),
      ],
    },
    {
      say: {
        zh: '系统提醒「您的数据将不会保密」，选「仍然安装」，输入锁屏密码，再选刚下载的文件。手机没有锁屏密码时，系统会要求先设一个。',
        en: 'It warns that “your data won’t be private”: choose “Install anyway”, enter the screen lock, and pick the file. A phone without a screen lock asks for one first.',
      },
      title: { zh: '安装证书', en: 'Install a certificate' },
      rows: [
        row('您的数据将不会保密', 'Your data won’t be private'),
        press('仍然安装', 'Install anyway'),
        row(file, file),
      ],
    },
    {
      say: {
        zh: '核对：设置里搜「用户凭据」或「信任的凭据」，在「用户」页点 Gatehouse，看 SHA-256 指纹是否与本页相同。',
        en: 'Check: search Settings for “Trusted credentials”, open Gatehouse under “User”, and compare its SHA-256 fingerprint with this page.',
      },
      title: { zh: '信任的凭据', en: 'Trusted credentials' },
      rows: [row('系统', 'System'), press('用户', 'User'), press('Gatehouse …', 'Gatehouse …')],
    },
    {
      say: {
        zh: '关掉浏览器再打开本网站：地址栏没有警告，就装好了。',
        en: 'Close the browser and open this site again: when the address bar does not warn, it is done.',
      },
      title: { zh: '浏览器', en: 'Browser' },
      rows: [row('https://… 连接是安全的', 'https://… Connection is secure')],
    },
  ],
};

const ios: DeviceGuide = {
  name: { zh: '苹果 iPhone', en: 'iPhone' },
  shape: 'phone',
  steps: [
    {
      say: {
        zh: '用 Safari 打开本页（不要在微信里打开），点「下载根证书」，弹出「下载配置描述文件」时选「允许」。',
        en: 'Open this page in Safari, not inside a chat, press “Download the root”, and choose “Allow” when it offers a configuration profile.',
      },
      title: { zh: 'Safari 浏览器', en: 'Safari' },
      rows: [
        row('此网站正尝试下载一个配置描述文件', 'This website is trying to download a profile'),
        press('允许', 'Allow'),
      ],
    },
    {
      say: {
        zh: '打开「设置」，点最上面的「已下载描述文件」，再点右上角「安装」，输入锁屏密码，再点「安装」。',
        en: 'Open Settings, press “Profile Downloaded” at the top, then “Install” at the upper right, enter the passcode and press “Install” again.',
      },
      title: { zh: '设置', en: 'Settings' },
      rows: [
        press('已下载描述文件', 'Profile Downloaded'),
        row('通用', 'General'),
        row('隐私与安全性', 'Privacy & Security'),
      ],
    },
    {
      say: {
        zh: '这一步最容易漏：设置 → 通用 → 关于本机 → 最下面「证书信任设置」，把 Gatehouse 的开关打开（完全信任），点「继续」。',
        en: 'The step that is mostly forgotten: Settings → General → About → “Certificate Trust Settings” at the very bottom; switch Gatehouse on (full trust) and press “Continue”.',
      },
      title: { zh: '证书信任设置', en: 'Certificate Trust Settings' },
      rows: [
        row('针对根证书启用完全信任', 'Enable full trust for root certificates'),
        turnOn('Gatehouse …', 'Gatehouse …'),
      ],
    },
    {
      say: {
        zh: '回到 Safari 重新打开本网站：没有「不安全」，就装好了。',
        en: 'Open this site in Safari again: when it does not say “Not Secure”, it is done.',
      },
      title: { zh: 'Safari 浏览器', en: 'Safari' },
      rows: [row('https://… 没有警告', 'https://… no warning')],
    },
  ],
};

const windows: DeviceGuide = {
  name: { zh: 'Windows 电脑（Chrome / Edge）', en: 'Windows with Chrome or Edge' },
  shape: 'window',
  steps: [
    {
      say: {
        zh: '点「下载根证书」，提示时选「保留」，然后双击下载的文件，点「安装证书」。',
        en: 'Press “Download the root”, keep the file when asked, open it with a double click, and press “Install Certificate”.',
      },
      title: { zh: '证书', en: 'Certificate' },
      rows: [row(file, file), press('安装证书(I)…', 'Install Certificate…')],
    },
    {
      say: {
        zh: '选「当前用户」（或管理员为全机选「本地计算机」），再选「将所有的证书都放入下列存储」，点「浏览」，选「受信任的根证书颁发机构」。',
        en: 'Choose “Current User” (an administrator: “Local Machine”), then “Place all certificates in the following store”, “Browse”, and “Trusted Root Certification Authorities”.',
      },
      title: { zh: '证书导入向导', en: 'Certificate Import Wizard' },
      rows: [
        press('将所有的证书都放入下列存储', 'Place all certificates in the following store'),
        press('受信任的根证书颁发机构', 'Trusted Root Certification Authorities'),
      ],
    },
    {
      say: {
        zh: '弹出「安全警告」，里面有指纹（SHA-1）：与本页的 SHA-1 相同才点「是」。',
        en: 'A security warning shows a thumbprint (SHA-1): press “Yes” only when it is the SHA-1 of this page.',
      },
      title: { zh: '安全警告', en: 'Security Warning' },
      rows: [row('指纹 (sha1): …', 'Thumbprint (sha1): …'), press('是(Y)', 'Yes')],
    },
    {
      say: {
        zh: '关掉所有浏览器窗口再打开本网站：没有「不安全」，就装好了。火狐浏览器要在自己的设置里导入。',
        en: 'Close every browser window and open this site again: when it does not say “Not secure”, it is done. Firefox imports it in its own settings.',
      },
      title: { zh: 'Chrome 浏览器', en: 'Chrome' },
      rows: [row('https://… 连接是安全的', 'https://… Connection is secure')],
    },
  ],
};

export const deviceGuides = { android, ios, windows } as const satisfies Record<string, DeviceGuide>;
export type GuidedDevice = keyof typeof deviceGuides;
