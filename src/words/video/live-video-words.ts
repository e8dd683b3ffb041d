/**
 * Why there is no moving picture, in the operator's words: the thing and the remedy. It must never tell a password, nor an
 * address that holds one.
 */
import type { Words } from '../words.ts';

/**
 * By kind. missing: no ffmpeg; login: 401; absent: no such stream; refused: the port is closed; unreachable: no answer; silent:
 * nothing comes; strange: what comes cannot be shown; ended: it broke off.
 */
export const videoTroubles = {
  missing: {
    zh: '网关上没有安装 ffmpeg，不能播放视频，只有抓图。请在网关上安装：apt-get install ffmpeg',
    en: 'ffmpeg is not installed on the gateway, so there are stills and no video; install it there: apt-get install ffmpeg',
  },
  login: {
    zh: '摄像机拒绝了视频登录（401），请核对配置中该摄像机的用户名和密码',
    en: 'the camera refused the log-in for its video (401); check its user and password in the configuration',
  },
  absent: {
    zh: '摄像机上没有这路视频（404），请核对视频地址或其码流设置',
    en: 'the camera has no such stream (404); check the address of the video, or its streams',
  },
  refused: {
    zh: '摄像机的视频端口拒绝连接，请检查 RTSP 是否启用、端口是否正确',
    en: 'the camera refuses connections for its video; check that its RTSP is on, and its port',
  },
  unreachable: {
    zh: '连不上摄像机的视频，请检查供电和网络',
    en: 'the video of the camera cannot be reached; check its power and network',
  },
  silent: {
    zh: '摄像机连上了，但没有视频送来；正在重新连接',
    en: 'the camera is connected and sends no video; connecting again',
  },
  strange: {
    zh: '摄像机送来的视频无法播放，请把子码流设为 H.264',
    en: 'what the camera sends cannot be played; set its sub-stream to H.264',
  },
  ended: {
    zh: '视频中断，正在重新连接',
    en: 'the video broke off; connecting again',
  },
} as const satisfies Record<string, Words>;

export const noVideoAddress: Words = {
  zh: '摄像机没有给出视频地址，请在配置中填写（设备的 video）',
  en: 'the camera gives no address of a video; enter one in the configuration (video, of the device)',
};

export const wrongVideoAddress: Words = {
  zh: '视频地址不是 rtsp:// 或 rtsps:// 开头，不能播放',
  en: 'the address of the video begins with neither rtsp:// nor rtsps://, so it cannot be played',
};

/** All places are taken. */
export const videosFull = (most: number): Words => ({
  zh: `已有 ${most} 路视频在播放，到上限了（video.most）；请先关掉一路`,
  en: `${most} videos are playing, which is the most there may be (video.most); close one first`,
});

export const viewersFull: Words = {
  zh: '看视频的页面太多了，请稍后再试',
  en: 'too many pages look at videos; try again later',
};
