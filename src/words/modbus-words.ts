/**
 * What the Modbus driver says to people, Chinese first: each trouble names the thing, and what to do about it where the code
 * of the fault tells.
 * It holds sentences only; it must never decide when one is said.
 */
import type { Words } from './words.ts';

const EXCEPTIONS: Readonly<Record<number, Words>> = {
  1: { zh: '设备不支持此功能码', en: 'the device does not support this function' },
  2: {
    zh: '设备没有此地址，请核对型号与寄存器表',
    en: 'the device has no such address: check the model and its register map',
  },
  3: { zh: '设备不接受此数值', en: 'the device does not accept this value' },
  4: { zh: '设备内部故障，请检修设备', en: 'the device reports an internal failure: have it serviced' },
  5: { zh: '设备已接受但尚未完成', en: 'the device accepted but has not finished' },
  6: { zh: '设备正忙', en: 'the device is busy' },
  10: { zh: '网关没有到该单元的通路，请检查网关设置', en: 'the gateway has no path to the unit: check its settings' },
  11: {
    zh: '网关后面的单元没有应答，请检查接线与单元号',
    en: 'the unit behind the gateway did not answer: check wiring and unit number',
  },
};

export function exception(code: number): Words {
  const known = EXCEPTIONS[code] ?? { zh: '未知原因', en: 'unknown reason' };
  return { zh: `${known.zh}（异常码${code}）`, en: `${known.en} (exception ${code})` };
}

export function silence(unit: number, ms: number): Words {
  const seconds = Number((ms / 1000).toFixed(2));
  return {
    zh: `单元${unit}在${seconds}秒内没有应答，请检查供电、接线与单元号`,
    en: `Unit ${unit} did not answer within ${seconds} s: check its power, wiring and unit number`,
  };
}

export function refusal(unit: number, code: number): Words {
  const why = exception(code);
  return { zh: `单元${unit}：${why.zh}`, en: `Unit ${unit}: ${why.en}` };
}

export function nonsense(unit: number, what: string): Words {
  return {
    zh: `单元${unit}的应答无法采信（${what}），已重新连接；请检查单元号、接线与干扰`,
    en: `The answer of unit ${unit} was not believed (${what}) and the connection was opened again: check unit number, wiring and interference`,
  };
}

export function cut(unit: number, where: string): Words {
  return {
    zh: `${where}在询问单元${unit}时断开了连接`,
    en: `${where} closed the connection while unit ${unit} was asked`,
  };
}

export function alwaysCut(where: string): Words {
  return {
    zh: `${where}每次都立即断开连接，可能已有其他主站占用；请停用另一主站或检查设备`,
    en: `${where} closes every connection at once, perhaps because another master holds it: stop the other master or check the device`,
  };
}

export function unreachable(where: string, code: string): Words {
  const known: Readonly<Record<string, Words>> = {
    ECONNREFUSED: {
      zh: '拒绝连接，请检查端口号和设备是否启动',
      en: 'refused the connection: check the port and that the device is running',
    },
    EHOSTUNREACH: { zh: '无法到达，请检查网线与地址', en: 'cannot be reached: check the cable and the address' },
    ENETUNREACH: { zh: '无法到达，请检查本机网络', en: 'cannot be reached: check the network of this machine' },
    ENOTFOUND: { zh: '名称无法解析，请检查主机名', en: 'has a name that does not resolve: check the host name' },
    ETIMEDOUT: {
      zh: '连接超时，请检查地址、网线与供电',
      en: 'did not accept a connection in time: check address, cable and power',
    },
  };
  const why = known[code] ?? { zh: `连接失败（${code}）`, en: `could not be opened (${code})` };
  return { zh: `${where}${why.zh}`, en: `${where} ${why.en}` };
}

export function portUnusable(path: string, what: string): Words {
  return {
    zh: `串口${path}打不开，请检查设备是否插好、权限以及是否被其他程序占用（${what}）`,
    en: `Serial port ${path} cannot be opened: check that it is plugged in, its permissions, and that no other program holds it (${what})`,
  };
}

export function answering(): Words {
  return { zh: '应答正常', en: 'answering' };
}

export function unread(device: string, where: Words, why: Words): Words {
  return {
    zh: `${device}的${where.zh}读不到，其余照常读取：${why.zh}`,
    en: `${device}: ${where.en} cannot be read, the rest still is: ${why.en}`,
  };
}

export function noMeasurement(device: string, points: readonly string[]): Words {
  return {
    zh: `${device}报告传感器故障，没有测量值：${points.join('、')}`,
    en: `${device} reports sensor faults, no measurement for: ${points.join(', ')}`,
  };
}

const TABLES = {
  coil: { zh: '线圈', en: 'coils' },
  discrete: { zh: '离散输入', en: 'discrete inputs' },
  input: { zh: '输入寄存器', en: 'input registers' },
  holding: { zh: '保持寄存器', en: 'holding registers' },
} as const;

/** «输入寄存器 0–11», for both languages. */
export function range(table: keyof typeof TABLES, address: number, count: number): Words {
  const last = address + count - 1;
  const span = last === address ? `${address}` : `${address}–${last}`;
  return { zh: `${TABLES[table].zh} ${span}`, en: `${TABLES[table].en} ${span}` };
}

/** What came was not believed or not kept: the gateway is too slow. */
export const tooSlow: Words = { zh: '网关来不及保存读数', en: 'The gateway does not keep up with the readings' };

export function notModbus(device: string, profile: string): Words {
  return {
    zh: `${device} 的型号 ${profile} 不是 Modbus 型号，请更正配置`,
    en: `Device ${device}: model ${profile} does not speak Modbus: correct the configuration`,
  };
}

export function wrongUnit(device: string, unit: number): Words {
  return {
    zh: `${device} 的单元号 ${unit} 无效，应为 1–247`,
    en: `Device ${device}: unit ${unit} is not valid, give 1–247`,
  };
}

/** Why a write was not done. */
export const writes = {
  unknown: (device: string, point: string): Words => ({
    zh: `本线路没有可写的 ${device}/${point}，请检查配置`,
    en: `This line has no writable ${device}/${point}: check the configuration`,
  }),
  unfit: (device: string, point: string, value: unknown): Words => ({
    zh: `${device}/${point} 不能写入 ${String(value)}，请检查类型与范围`,
    en: `${String(value)} cannot be written to ${device}/${point}: check its type and range`,
  }),
  full: (line: string, count: number): Words => ({
    zh: `线路 ${line} 已有 ${count} 条写入在等待，请稍后再试`,
    en: `Line ${line} already has ${count} writes waiting: try again later`,
  }),
  old: (device: string, point: string, seconds: number): Words => ({
    zh: `${device}/${point} 在${seconds}秒内没轮到写入，未执行；请检查线路后重试`,
    en: `${device}/${point} was not reached within ${seconds} s and was not written: check the line and try again`,
  }),
  ended: (device: string, point: string): Words => ({
    zh: `线路已断开，${device}/${point} 未写入；恢复后请重试`,
    en: `The line went down and ${device}/${point} was not written: try again when it is back`,
  }),
  refused: (device: string, point: string, why: Words): Words => ({
    zh: `${device}/${point} 未写入：${why.zh}`,
    en: `${device}/${point} was not written: ${why.en}`,
  }),
  unsure: (device: string, point: string, why: Words): Words => ({
    zh: `${device}/${point} 是否写入不明，请现场核对：${why.zh}`,
    en: `Whether ${device}/${point} was written is not known, check on site: ${why.en}`,
  }),
};
