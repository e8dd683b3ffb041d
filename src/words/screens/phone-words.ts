/**
 * What a guard’s phone says besides what all pages say: of its sound, of its screen, of an alarm that has just come, and of what this
 * browser cannot do. Only the phone’s pages read them.
 */
import type { Words } from '../words.ts';

export const phoneWords = {
  soundOff: { zh: '声音和振动还没开', en: 'Sound and vibration are still off' },
  soundOn: { zh: '点这里打开声音', en: 'Tap to turn the sound on' },
  soundNone: {
    zh: '此浏览器不能发声，请换用系统浏览器',
    en: 'This browser cannot sound; use the phone’s own browser',
  },
  background: {
    zh: '切到后台后请靠企业微信/短信接收报警：锁屏或离开本页，本页就不响了。媒体音量请调到最大。',
    en: 'In the background rely on WeCom or text messages for alarms: locked, or away from this page, it is silent. Set the media volume to its loudest.',
  },
  photoNote: { zh: '现场照片', en: 'photograph from the place' },
  noPicture: { zh: '这不是照片，请重拍', en: 'This is no picture; take it again' },
  sos: { zh: 'SOS 长按 3 秒', en: 'SOS: hold for 3 s' },
  sosHold: { zh: '按住不要松…', en: 'Keep holding…' },
  sosSent: {
    zh: '求助已记录：值班台和开着的手机页都会显示，其他人按通知设置告知。没人回应请用对讲或打电话。',
    en: 'Your call is recorded: the desk and phones with this page open show it, others are told as set up. If nobody answers, use your radio or telephone.',
  },
  quietName: { zh: '提交', en: 'Entry' },
  quietNotSent: { zh: '还没提交，会再试', en: 'Not submitted yet; it is tried again' },
  quietFailed: { zh: '没有提交', en: 'Not submitted' },
  sosQuietly: { zh: '已提交', en: 'Submitted' },
  sosNotSent: {
    zh: '求助还没发出去：没有网络。请用对讲或打电话，本机会一直重试。',
    en: 'The call for help has not gone out: there is no network. Use your radio or telephone; this phone goes on trying.',
  },
  sosSentLate: { zh: '求助已补发出去', en: 'The call for help has gone out after all' },
  sosLoud: { zh: '响铃：所有人都看到', en: 'loud: everybody sees it' },
  sosSilent: { zh: '静默：屏幕不提示，只有负责人看到', en: 'silent: nothing shows here, only the heads see it' },
  makeSilent: { zh: '改静默', en: 'Make it silent' },
  makeLoud: { zh: '改响铃', en: 'Make it loud' },
  myRound: { zh: '我的巡更', en: 'My round' },
  nextPoint: { zh: '下一点', en: 'Next point' },
  timeLeft: { zh: '还来得及，剩', en: 'Still in time, left:' },
  overdue: { zh: '已晚', en: 'Late by' },
  another: { zh: '另有报警等人处理', en: 'Another alarm waits' },
  thisPhone: { zh: '这部手机', en: 'This phone' },
  voice: { zh: '报警声', en: 'Alarm sound' },
  voiceOn: { zh: '已打开', en: 'on' },
  voiceOff: { zh: '没打开：点屏幕上方的按钮', en: 'off: tap the button at the top' },
  shaking: { zh: '振动', en: 'Vibration' },
  shakingOn: { zh: '有报警时振动', en: 'with every alarm' },
  shakingNone: { zh: '此手机或浏览器不支持，只能靠声音', en: 'not on this phone or browser; it only sounds' },
  awake: { zh: '屏幕常亮', en: 'Screen stays on' },
  awakeOn: { zh: '值班时保持常亮', en: 'on while on duty' },
  awakeOff: { zh: '已关', en: 'off' },
  awakeRefused: {
    zh: '手机不允许（多半是省电模式），请把自动锁屏调到最长',
    en: 'the phone refuses (battery saving, most likely); set its screen lock to the longest',
  },
  awakeInsecure: {
    zh: '不行：本页不是 HTTPS。请把手机的自动锁屏调到最长',
    en: 'not possible: this page is not HTTPS. Set the phone’s screen lock to the longest',
  },
  awakeNone: {
    zh: '此浏览器不支持，请把手机的自动锁屏调到最长',
    en: 'not in this browser; set the phone’s screen lock to the longest',
  },
  shell: { zh: '断网也能打开', en: 'Opens without a network' },
  shellComing: { zh: '正在准备…', en: 'being made ready…' },
  shellReady: { zh: '可以；断网时只显示没有网络，不显示旧报警', en: 'yes; it then says so, and shows no old alarms' },
  shellFailed: {
    zh: '没有成功，多半是浏览器不信任网关的证书：请先安装学校的根证书',
    en: 'not so far; most likely the browser does not trust the certificate: install the school’s root first',
  },
  shellInsecure: { zh: '不行：本页不是 HTTPS', en: 'no: this page is not HTTPS' },
  shellNone: { zh: '此浏览器不支持', en: 'not in this browser' },
  offline: {
    zh: '没有网络：现在看不到报警，也收不到。请走到有信号的地方，同时听对讲、看短信。',
    en: 'No network: no alarm can be seen or heard here now. Go where there is a signal, and mind your radio and messages.',
  },
  switchOn: { zh: '打开', en: 'Turn on' },
  switchOff: { zh: '关掉', en: 'Turn off' },
} as const satisfies Record<string, Words>;
