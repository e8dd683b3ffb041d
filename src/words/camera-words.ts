/**
 * What cameras have and what goes wrong with them, in the operator's words. It must never tell a password, nor a whole answer of a camera.
 */
import type { Words } from './words.ts';

/**
 * What went wrong, by kind. refused: log-in; unreachable: no answer; closed: the port; nameless: no such name; no-http and
 * no-tls: https and http taken for each other; untrusted: its certificate; full: no subscription is left; picture: what came
 * is none; fault: it said no; garbage: its answer cannot be read.
 */
export const cameraTroubles = {
  refused: (name) => ({
    zh: `摄像机 ${name} 用户名或密码错误，请核对其 ONVIF 用户和摄像机时钟`,
    en: `camera ${name} refused the password; check its ONVIF user and password, and its clock`,
  }),
  unreachable: (name, detail, address) => ({
    zh: `摄像机 ${name} 无应答（${address}：${detail}），请检查供电和网络`,
    en: `camera ${name} did not answer at ${address} (${detail}); check its power and network`,
  }),
  closed: (name, _detail, address) => ({
    zh: `摄像机 ${name} 在 ${address} 拒绝连接：正在启动，或 ONVIF 未启用，或端口不对`,
    en: `camera ${name} refuses connections at ${address}: it is starting, its ONVIF is off, or the port is another`,
  }),
  nameless: (name, detail, address) => ({
    zh: `摄像机 ${name} 的域名解析不到（${address}：${detail}），请核对地址和 DNS 服务器`,
    en: `the name of camera ${name} cannot be found (${address}: ${detail}); check the address and the DNS server`,
  }),
  'no-http': (name, detail, address) => ({
    zh: `摄像机 ${name} 在 ${address} 说的不是 HTTP（${detail}），地址可能应以 https:// 开头，或端口不对`,
    en: `camera ${name} does not speak HTTP at ${address} (${detail}); its address may have to begin with https://, or the port is another`,
  }),
  'no-tls': (name, detail, address) => ({
    zh: `摄像机 ${name} 在 ${address} 不支持 HTTPS（${detail}），地址应以 http:// 开头，或端口不对`,
    en: `camera ${name} does not speak HTTPS at ${address} (${detail}); its address should begin with http://, or the port is another`,
  }),
  untrusted: (name, detail) => ({
    zh: `摄像机 ${name} 的证书不受信任（${detail}），请将其证书颁发者加入 NODE_EXTRA_CA_CERTS`,
    en: `camera ${name} shows a certificate that is not trusted (${detail}); add its issuer to NODE_EXTRA_CA_CERTS`,
  }),
  full: (name, detail) => ({
    zh: `摄像机 ${name} 的事件订阅已被占满（${detail}），请断开其他录像机或软件的订阅，或重启摄像机`,
    en: `every event subscription of camera ${name} is taken (${detail}); end those of other recorders and programs, or restart it`,
  }),
  picture: (name, detail) => noPicture(name, { zh: detail, en: detail }),
  fault: (name, detail) => ({
    zh: `摄像机 ${name} 拒绝了请求（${detail}），请检查其 ONVIF 设置`,
    en: `camera ${name} turned the request down (${detail}); check its ONVIF settings`,
  }),
  garbage: (name, detail) => ({
    zh: `摄像机 ${name} 的应答无法解读（${detail}），请核对地址是否为 ONVIF 设备服务`,
    en: `camera ${name} gave an answer that cannot be read (${detail}); check that the address is its ONVIF device service`,
  }),
} as const satisfies Record<string, (name: string, detail: string, address: string) => Words>;

/** A refused log-in is tried with pauses, or the camera locks its account. `clock`: local, `HH:MM:SS`. */
export const nextLoginTry = (name: string, refusals: number, clock: string): Words => ({
  zh: `摄像机 ${name} 用户名或密码错误（已试 ${refusals} 次），请核对其 ONVIF 用户和摄像机时钟；为免账号被锁，${clock} 再试，修改配置后立即再试`,
  en: `camera ${name} refused the password (${refusals} tries); check its ONVIF user and password, and its clock. So that the account is not locked, the next try is at ${clock}, or at once when the configuration is changed`,
});

/** It tells its clock to anybody, and a log-in is not answered: it may have been refused. */
export const loginUnanswered = (name: string, tries: number, clock: string): Words => ({
  zh: `摄像机 ${name} 在线，但登录无应答（已试 ${tries} 次），可能过载，也可能密码错误；为免账号被锁，${clock} 再试，修改配置后立即再试`,
  en: `camera ${name} is there and does not answer a log-in (${tries} tries): it may be overloaded, or the password be wrong. So that the account is not locked, the next try is at ${clock}, or at once when the configuration is changed`,
});

/** What came in place of a picture. */
export const pictureFaults = {
  empty: { zh: '内容为空', en: 'empty' },
  PNG: { zh: 'PNG 格式', en: 'a PNG' },
  GIF: { zh: 'GIF 格式', en: 'a GIF' },
  BMP: { zh: 'BMP 格式', en: 'a BMP' },
  page: { zh: '返回的是网页', en: 'a web page' },
  other: { zh: '不是 JPEG', en: 'no JPEG' },
  large: { zh: '超过 4 MB', en: 'larger than 4 MB' },
  profile: { zh: '没有媒体配置', en: 'no media profile' },
  address: { zh: '没有抓图地址', en: 'no snapshot address' },
} as const satisfies Record<string, Words>;

export const noPicture = (name: string, what: Words): Words => ({
  zh: `摄像机 ${name} 没有给出可用的画面（${what.zh}），请在其网页中检查抓图，格式应为 JPEG`,
  en: `camera ${name} gave no picture that can be used (${what.en}); check its snapshot in its web page, it should be a JPEG`,
});

/** What came in place of the address of a video. */
export const videoFaults = {
  profile: { zh: '没有媒体配置', en: 'no media profile' },
  address: { zh: '没有视频流地址', en: 'no stream address' },
  kind: { zh: '视频流地址不是 RTSP', en: 'its stream address is none of RTSP' },
} as const satisfies Record<string, Words>;

export const noVideo = (name: string, what: Words): Words => ({
  zh: `摄像机 ${name} 没有给出可用的视频（${what.zh}），请在其网页中启用 RTSP`,
  en: `camera ${name} gave no video that can be used (${what.en}); enable RTSP in its web page`,
});

export const noCameraUser = (name: string): Words => ({
  zh: `摄像机 ${name} 要求登录，而配置中没有它的用户（user），请填写其 ONVIF 用户和密码`,
  en: `camera ${name} wants a log-in and none is configured (user); enter its ONVIF user and password`,
});

export const eventsReceived: Words = { zh: '已订阅事件', en: 'events are being received' };
export const picturesOnly: Words = { zh: '能取画面，不提供事件', en: 'gives pictures and offers no events' };
export const eventsAwaited: Words = { zh: '能取画面，尚未收到事件', en: 'gives pictures; no events yet' };

/** A channel of a recorder whose camera is gone, while the recorder answers. */
export const signalLost = (recorder: string): Words => ({
  zh: `录像机 ${recorder} 已收不到这个通道的视频，请检查该摄像机的供电和线路`,
  en: `recorder ${recorder} gets no video on this channel any more; check the power and the cable of the camera`,
});

/** `channels`: what it has, such as `1 (VideoSource_1)`. */
export const noChannel = (recorder: string, channel: string, channels: string): Words => ({
  zh: `${recorder} 没有通道 ${channel}，它有：${channels}；请修改该设备的 channel`,
  en: `${recorder} has no channel ${channel}; it has ${channels}. Correct the device's channel`,
});

export const unknownSource = (recorder: string, token: string, channels: string): Words => ({
  zh: `${recorder} 的事件来自通道“${token}”，没有设备使用这个通道${channels === '' ? '' : `（它有：${channels}）`}；请为该线路增加一台 channel 为此值的设备`,
  en: `an event of ${recorder} names the source "${token}", and no device of the line has that channel${channels === '' ? '' : ` (it has ${channels})`}; add a device with this channel to the line`,
});

/** Said once for as long as it is so. */
export const offersNoEvents = (name: string, detail: Words): Words => ({
  zh: `摄像机 ${name} 能取画面，但不提供事件（${detail.zh}）：被遮挡、被移动都不会报警；请在其中启用 ONVIF 事件`,
  en: `camera ${name} gives pictures and offers no events (${detail.en}): nobody will be told when it is masked or moved; enable ONVIF events in it`,
});

/** Asking failed on the way, which says nothing of what the camera offers. */
export const eventsUnanswered = (name: string, detail: Words): Words => ({
  zh: `摄像机 ${name} 能取画面，但订阅事件没有成功（${detail.zh}）：订阅成功之前，被遮挡、被移动都不会报警；正在重试，若一直如此，请检查其中的 ONVIF 事件`,
  en: `camera ${name} gives pictures, but asking it for events failed (${detail.en}): until it answers nobody will be told when it is masked or moved. It is asked again; if this stays, look at ONVIF events in it`,
});

export const eventsGone = (name: string, detail: Words): Words => ({
  zh: `摄像机 ${name} 能应答，但事件收不到了（${detail.zh}）：被遮挡、被移动都不会报警`,
  en: `camera ${name} answers, but its events come no more (${detail.en}): nobody will be told when it is masked or moved`,
});

export const eventsForbidden: Words = { zh: '该用户没有接收事件的权限', en: 'its user may not receive events' };

export const reportsNoMore = (camera: string): Words => ({
  zh: `摄像机 ${camera} 能应答但不再上报事件，请重启摄像机`,
  en: `camera ${camera} answers but no longer reports events; restart it`,
});

export const neverReported = (camera: string): Words => ({
  zh: `摄像机 ${camera} 从未上报过事件，请在摄像机中启用移动侦测和遮挡报警`,
  en: `camera ${camera} has never reported an event; enable motion and tamper detection in it`,
});

/** A camera's clock that is far off: what stands in its pictures is then wrong. `off`: how much, in words. */
export const clockOff = (camera: string, ahead: boolean, off: Words): Words => ({
  zh: `摄像机 ${camera} 的时钟${ahead ? '快' : '慢'}了${off.zh}，画面上的时间不可信，请为其设置校时（NTP）`,
  en: `the clock of camera ${camera} is ${off.en} ${ahead ? 'fast' : 'slow'}: the time in its pictures is wrong; set its time server (NTP)`,
});

/** The same of a camera that asks a time server: setting its clock would not last, so nobody does. */
export const clockTaken = (camera: string, ahead: boolean, off: Words): Words => ({
  zh: `摄像机 ${camera} 的时钟${ahead ? '快' : '慢'}了${off.zh}，而它自己通过 NTP 校时，网关不会改动它；画面上的时间不可信，请检查它的 NTP 服务器地址`,
  en: `the clock of camera ${camera} is ${off.en} ${ahead ? 'fast' : 'slow'} although it takes its time by NTP, so the gateway leaves it alone: the time in its pictures is wrong; check the address of its time server`,
});

/** `detail`: the camera's own word for why. */
export const clockSetInVain = (camera: string, detail: string): Words => ({
  zh: `摄像机 ${camera} 的时钟不对，网关为其校时未成功（${detail}），请在其网页中设置时间，或核对该用户的权限`,
  en: `the clock of camera ${camera} is wrong and could not be set (${detail}); set it in its web page, or check what its user may do`,
});

/** A length of time as one rounded number. */
export function roughly(ms: number): Words {
  const steps = [
    [365 * 86_400_000, '年', 'years'],
    [86_400_000, '天', 'days'],
    [3_600_000, '小时', 'hours'],
    [60_000, '分钟', 'minutes'],
    [1_000, '秒', 'seconds'],
  ] as const;
  const [unit, zh, en] = steps.find(([length]) => ms >= 2 * length) ?? steps[4];
  const count = Math.round(ms / unit);
  return { zh: ` ${count} ${zh}`, en: `${count} ${en}` };
}

/** What the points that cameras share are called. */
export const cameraPointTitles = {
  motion: { zh: '画面有动静', en: 'Motion' },
  person: { zh: '发现人', en: 'Person seen' },
  vehicle: { zh: '发现车辆', en: 'Vehicle seen' },
  pet: { zh: '发现动物', en: 'Pet seen' },
  intrusion: { zh: '区域闯入', en: 'Somebody in the guarded field' },
  line_crossed: { zh: '越线', en: 'Line crossed' },
  masked: { zh: '镜头被遮挡', en: 'Camera masked' },
  scene_change: { zh: '画面变动（可能被移动）', en: 'Scene changed, camera perhaps moved' },
  picture_poor: { zh: '画面过暗、过亮或模糊', en: 'Picture too dark, bright or blurred' },
  video_lost: { zh: '视频丢失', en: 'Video lost' },
  storage_failure: { zh: '存储故障', en: 'Storage failure' },
  digital_input: { zh: '报警输入', en: 'Digital input' },
  relay: { zh: '报警输出', en: 'Relay output' },
  last_reboot: { zh: '上次重启', en: 'Last reboot' },
} as const satisfies Record<string, Words>;
