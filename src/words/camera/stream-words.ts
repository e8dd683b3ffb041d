/**
 * What goes wrong with a maker's event stream over HTTP, in the operator's words. It must never tell a password, nor a whole answer
 * of a camera.
 */
import type { Words } from '../words.ts';

/**
 * What went wrong, by kind. refused: log-in; full: every attachment is taken; missing: it has no such stream; fault: it said no;
 * unreachable: no answer; closed: the port; nameless: no such name; no-http and no-tls: https and http taken for each other;
 * untrusted: its certificate; silent: nothing came for too long; ended: it closed the stream; foreign: what came is no stream.
 */
export const streamTroubles = {
  refused: (name) => ({
    zh: `${name} 用户名或密码错误，请核对其事件流所用的用户和密码`,
    en: `${name} refused the password; check the user and password of its event stream`,
  }),
  full: (name, detail) => ({
    zh: `${name} 拒绝了事件流（${detail}），多为连接数已满：请断开其他录像机或软件的事件连接，或重启设备`,
    en: `${name} refused the event stream (${detail}), most often because every attachment is taken: end those of other recorders and programs, or restart it`,
  }),
  missing: (name, detail) => ({
    zh: `${name} 没有这种事件流（${detail}），请核对设备型号（profile）`,
    en: `${name} has no such event stream (${detail}); check its model (profile)`,
  }),
  fault: (name, detail) => ({
    zh: `${name} 拒绝了请求（${detail}），请检查该用户的权限和设备的网络服务设置`,
    en: `${name} turned the request down (${detail}); check the rights of its user and its network services`,
  }),
  unreachable: (name, detail, address) => ({
    zh: `${name} 无应答（${address}：${detail}），请检查供电和网络`,
    en: `${name} did not answer at ${address} (${detail}); check its power and network`,
  }),
  closed: (name, _detail, address) => ({
    zh: `${name} 在 ${address} 拒绝连接：正在启动，或端口不对`,
    en: `${name} refuses connections at ${address}: it is starting, or the port is another`,
  }),
  nameless: (name, detail, address) => ({
    zh: `${name} 的域名解析不到（${address}：${detail}），请核对地址和 DNS 服务器`,
    en: `the name of ${name} cannot be found (${address}: ${detail}); check the address and the DNS server`,
  }),
  'no-http': (name, detail, address) => ({
    zh: `${name} 在 ${address} 说的不是 HTTP（${detail}），地址可能应以 https:// 开头，或端口不对`,
    en: `${name} does not speak HTTP at ${address} (${detail}); its address may have to begin with https://, or the port is another`,
  }),
  'no-tls': (name, detail, address) => ({
    zh: `${name} 在 ${address} 不支持 HTTPS（${detail}），地址应以 http:// 开头，或端口不对`,
    en: `${name} does not speak HTTPS at ${address} (${detail}); its address should begin with http://, or the port is another`,
  }),
  untrusted: (name, detail) => ({
    zh: `${name} 的证书不受信任（${detail}），请将其证书颁发者加入 NODE_EXTRA_CA_CERTS`,
    en: `${name} shows a certificate that is not trusted (${detail}); add its issuer to NODE_EXTRA_CA_CERTS`,
  }),
  silent: (name, detail) => ({
    zh: `${name} 的事件流 ${detail} 秒没有任何内容（连心跳也没有），重新连接`,
    en: `the event stream of ${name} brought nothing for ${detail} s, not even a heartbeat; it is opened anew`,
  }),
  ended: (name, detail) => ({
    zh: `${name} 断开了事件流（${detail}），重新连接`,
    en: `${name} ended the event stream (${detail}); it is opened anew`,
  }),
  foreign: (name, detail) => ({
    zh: `${name} 返回的不是事件流（${detail}），请核对地址和设备型号（profile）`,
    en: `what ${name} answered is no event stream (${detail}); check its address and its model (profile)`,
  }),
} as const satisfies Record<string, (name: string, detail: string, address: string) => Words>;

/** A refused log-in is tried with pauses, or the device locks its account. `clock`: local, `HH:MM:SS`. */
export const nextStreamTry = (name: string, refusals: number, clock: string): Words => ({
  zh: `${name} 用户名或密码错误（已试 ${refusals} 次），请核对；为免账号被锁，${clock} 再试，修改配置后立即再试`,
  en: `${name} refused the password (${refusals} tries); check its user and password. So that the account is not locked, the next try is at ${clock}, or at once when the configuration is changed`,
});

export const noStreamUser = (name: string): Words => ({
  zh: `${name} 要求登录，而配置中没有它的用户（user），请填写其用户和密码`,
  en: `${name} wants a log-in and none is configured (user); enter its user and password`,
});

export const sourcePictureLost = (device: string, why: string): Words => ({
  zh: `${device} 随事件送来的图片未保存（${why}），事件本身已记录`,
  en: `the picture that ${device} sent with its event was not kept (${why}); the event itself was`,
});

export const streamAttached: Words = { zh: '事件流已连接', en: 'the event stream is attached' };
