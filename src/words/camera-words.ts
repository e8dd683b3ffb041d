/**
 * What cameras have and what goes wrong with them, in the operator's words. It must never tell a password, nor a whole answer of a camera.
 */
import type { Words } from './words.ts';

/**
 * What went wrong, by kind. refused: log-in; unreachable: no answer; fault: it said no; garbage: its answer cannot be read;
 * untrusted: its certificate.
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
  untrusted: (name, detail) => ({
    zh: `摄像机 ${name} 的证书不受信任（${detail}），请将其证书颁发者加入 NODE_EXTRA_CA_CERTS`,
    en: `camera ${name} shows a certificate that is not trusted (${detail}); add its issuer to NODE_EXTRA_CA_CERTS`,
  }),
  fault: (name, detail) => ({
    zh: `摄像机 ${name} 拒绝了请求（${detail}），请检查其 ONVIF 设置`,
    en: `camera ${name} turned the request down (${detail}); check its ONVIF settings`,
  }),
  garbage: (name, detail) => ({
    zh: `摄像机 ${name} 的应答无法解读（${detail}），请核对地址是否为 ONVIF 设备服务`,
    en: `camera ${name} gave an answer that cannot be read (${detail}); check that the address is its ONVIF device service`,
  }),
} as const satisfies Record<string, (name: string, detail: string, address: string) => Words>;

export const eventsReceived: Words = { zh: '已订阅事件', en: 'events are being received' };

export const reportsNoMore = (camera: string): Words => ({
  zh: `摄像机 ${camera} 能应答但不再上报事件，请重启摄像机`,
  en: `camera ${camera} answers but no longer reports events; restart it`,
});

export const neverReported = (camera: string): Words => ({
  zh: `摄像机 ${camera} 从未上报过事件，请在摄像机中启用移动侦测和遮挡报警`,
  en: `camera ${camera} has never reported an event; enable motion and tamper detection in it`,
});

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
