/**
 * What is said of the heartbeat that leaves the building: a beat that did not arrive, and why none is sent. It must never name the
 * address of a beat over HTTP: whoever has it can beat for the school.
 */
import type { Words } from '../words.ts';

/** How a try ended, for the sentence. */
export type BeatFailure =
  | 'silent'
  | 'redirect'
  | 'unknown-address'
  | 'refused'
  | 'unreachable'
  | 'certificate'
  | 'login';

const remedies: Readonly<Record<BeatFailure, (detail: string) => Words>> = {
  silent: (seconds) => ({
    zh: `${seconds} 秒内没有答复，请检查外网和对方服务`,
    en: `no answer within ${seconds} s; check the way out and the other side`,
  }),
  redirect: (status) => ({
    zh: `对方要求转到别处（${status}），心跳不跟随；请写最终地址`,
    en: `the other side leads elsewhere (${status}), and a beat does not follow; write the final address`,
  }),
  'unknown-address': (status) => ({
    zh: `对方不认识这个地址（${status}），请核对环境变量里的地址，并看监控项是否还在`,
    en: `the other side does not know this address (${status}); check the address in the environment, and whether the check still exists there`,
  }),
  refused: (status) => ({
    zh: `对方没有接受（${status}），请看对方服务的状态`,
    en: `the other side did not take it (${status}); look at how it is doing`,
  }),
  unreachable: (code) => ({
    zh: `连不上（${code}），请检查外网、DNS 和防火墙`,
    en: `it cannot be reached (${code}); check the way out, DNS and the firewall`,
  }),
  certificate: (code) => ({
    zh: `对方证书不可信（${code}），请核对地址、ca 文件和本机时钟`,
    en: `its certificate cannot be trusted (${code}); check the address, the ca file and this machine's clock`,
  }),
  login: (code) => ({
    zh: `代理服务器拒绝登录或发布（${code}），请核对用户名、密码和主题权限`,
    en: `the broker refuses the log-in or the message (${code}); check user, password and the right to the topic`,
  }),
};

export function beatFailed(id: string, failure: BeatFailure, detail: string): Words {
  const why = remedies[failure](detail);
  return {
    zh: `心跳 ${id} 没有送到：${why.zh}。校外会以为网关停了。`,
    en: `The heartbeat ${id} did not arrive: ${why.en}. Outside they will take the gateway for dead.`,
  };
}

/** `why`: what is wrong with the gateway itself. */
export const beatWithheld = (why: Words): Words => ({
  zh: `网关自身不正常，已停发心跳：${why.zh}`,
  en: `No heartbeat is sent, because the gateway itself is not well: ${why.en}`,
});

export const loopSilent = (seconds: number): Words => ({
  zh: `${seconds} 秒内日志没有写完，请检查磁盘和主机负载。`,
  en: `the journal was not written within ${seconds} s; check the disk and the load of the machine.`,
});

export const diskTakesNothing = (dir: string, code: string): Words => ({
  zh: `数据目录 ${dir} 写不进去（${code}），请清理磁盘或检查权限。`,
  en: `nothing can be written to the data folder ${dir} (${code}); free some room or check who may write there.`,
});

export const beatCaUnreadable = (path: string, code: string): Words => ({
  zh: `读不出 ${path}（${code}），请检查路径和权限。`,
  en: `${path} cannot be read (${code}); check its path and who may read it.`,
});
