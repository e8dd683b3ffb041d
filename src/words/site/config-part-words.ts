/**
 * In what the devices, places and connections of a configuration disagree. `found` and `more` are what stands in the file and a hint, as
 * the check words them. It must never judge what is right.
 */
import type { Words } from '../words.ts';

/** Entries of the lists a file has. */
export const entryNames = {
  lines: { zh: '线路', en: 'line' },
  devices: { zh: '设备', en: 'device' },
  zones: { zh: '防区', en: 'zone' },
  areas: { zh: '区域', en: 'area' },
  schedules: { zh: '时间表', en: 'schedule' },
  people: { zh: '人员', en: 'person' },
  routes: { zh: '路线', en: 'route' },
  bells: { zh: '铃', en: 'bell' },
  posts: { zh: '岗', en: 'post' },
  channels: { zh: '通知通道', en: 'channel' },
  heartbeat: { zh: '心跳', en: 'heartbeat' },
  procedures: { zh: '预案', en: 'procedure' },
} as const satisfies Readonly<Record<string, Words>>;

const families: Readonly<Record<string, string>> = {
  fence: '围栏主机',
  camera: '摄像机',
  reader: '读卡器',
  input: '输入模块',
  sensor: '传感器',
  panel: '消防主机',
};

/** What only one may have. */
export const ownThings = {
  id: { zh: '编号', en: 'the id' },
  zoneNumber: { zh: '防区号', en: 'the zone number' },
  card: { zh: '卡号', en: 'the card' },
  camera: { zh: '摄像机', en: 'the camera' },
  account: { zh: '账号', en: 'the account' },
  unit: { zh: '这条线路上的单元号', en: 'on this line the unit' },
  topic: { zh: '这条线路上的主题归属', en: 'on this line the topic of' },
  channel: { zh: '这条线路上的通道', en: 'on this line the channel' },
  channelOf: { zh: '这条线路上的通道归属', en: 'on this line the channel of' },
  zone: { zh: '一个防区只属于一个区域；', en: 'a zone belongs to one area;' },
  wires: { zh: '一个防区的张力线只来自一台设备；防区', en: 'the wires of a zone come from one device; zone' },
  stay: { zh: '写一次即可；', en: 'written once is enough;' },
  kind: { zh: '这种报警的预案', en: 'the procedure for this kind' },
  kindOfFamily: { zh: '这种报警和设备类的预案', en: 'the procedure for this kind and family' },
} as const satisfies Readonly<Record<string, Words>>;

export const idOf = (list: keyof typeof entryNames): Words => ({
  zh: `已有${entryNames[list].zh}的编号`,
  en: `the id of a ${entryNames[list].en}`,
});

/** An entry of a list. `named`: a blank and its id; empty where it has none. `nth` from 1. */
export const entryNamed = (list: Words, named: Words, nth: number): Words => ({
  zh: `${list.zh}${named.zh}（第 ${nth} 项）`,
  en: `${list.en}${named.en} (entry ${nth})`,
});

export const takenAlready = (what: Words, found: Words, by: Words): Words => ({
  zh: `${what.zh} ${found.zh} 已被占用：${by.zh}`,
  en: `${what.en} ${found.en} is taken already, by ${by.en}`,
});

export const otherFamily = (found: Words, is: string, expected: string): Words => ({
  zh: `${found.zh} 是${families[is] ?? is}，这里应为${families[expected] ?? expected}`,
  en: `found ${found.en}, which is a ${is}; expected a ${expected}`,
});

export const tooWideForWall = (found: Words, width: number, room: number, title: number): Words => ({
  zh: `${found.zh} 有 ${width} 个汉字宽；${room > 0 ? `至多 ${room} 个` : '请缩短它前面的文字'}：大屏上的报警标题只有 ${title} 个汉字宽`,
  en: `found ${found.en}, ${width} Chinese characters wide; ${room > 0 ? `expected at most ${room}` : 'shorten what stands before it'}: an alarm title has ${title} on the wall`,
});

export const shortTooWide = (found: Words, width: number, most: number): Words => ({
  zh: `${found.zh} 有 ${width} 个汉字宽；至多 ${most} 个，大屏标题栏只有这么宽`,
  en: `found ${found.en}, ${width} Chinese characters wide; expected at most ${most}, the room in the wall's header`,
});

export const offTheMap = (x: number, y: number, width: number, height: number): Words => ({
  zh: `[${x}, ${y}] 不在地图上；至多 [${width}, ${height}]`,
  en: `found [${x}, ${y}], expected a place on the map, at most [${width}, ${height}]`,
});

// Lines.

export const nothingOnLine = (stream: boolean): Words => ({
  zh: `这条${stream ? '事件流' : ' ONVIF '}线路上没有设备；应有一台，或每个通道一台`,
  en: `0 devices are on this ${stream ? 'line of an event stream' : 'ONVIF line'}; expected one, or one for each channel`,
});

export const oneWithoutOther = (there: string, absent: string): Words => ({
  zh: `写了 ${there} 却没有 ${absent}；两者应同时写或都不写`,
  en: `${there} is written without ${absent}; expected both or neither`,
});

export const portTaken = (found: Words, by: string): Words => ({
  zh: `${found.zh} 已是 ${by} 监听的端口；请换一个`,
  en: `found ${found.en}, the port that ${by} listens on; expected another`,
});

export const samePlace = (found: Words, other: string, camera: boolean): Words => ({
  zh: `${found.zh} 与 ${other} 通向同一${camera ? '台摄像机' : '个连接；请把它们的设备放在一条线路上'}`,
  en: `found ${found.en}, but ${other} leads to the same ${camera ? 'camera' : 'connection; put its devices on one line'}`,
});

// Devices.

export const noMeaning = (key: string, why: Words): Words => ({
  zh: `${key} 在这里没有意义：${why.zh}；请删去`,
  en: `${key} has no meaning here: ${why.en}; remove it`,
});

/** Why a key has no meaning. */
export const noMeaningAs = {
  modbus: { zh: '这条线路是 Modbus', en: 'the line is Modbus' },
  modbusPassword: { zh: 'Modbus 没有密码', en: 'Modbus knows no passwords' },
  mqtt: { zh: '这条线路是 MQTT', en: 'the line is MQTT' },
  ownTopics: { zh: '此型号每台设备有自己的主题', en: 'each device of this model has topics of its own' },
  outsideBroker: { zh: '外部 MQTT 服务器有自己的用户', en: 'an outside broker keeps its own users' },
  cameraAddress: { zh: '摄像机的地址写在线路上', en: 'a camera has an address, which stands at its line' },
  cameraPassword: { zh: '摄像机的密码写在线路上', en: "a camera's password stands at its line" },
  streamPlace: { zh: '摄像机的地址和密码写在线路上', en: 'address and password of a camera stand at its line' },
  noCamera: (model: string): Words => ({ zh: `${model} 不是摄像机`, en: `${model} is no camera` }),
} as const;

export const unitMissing: Words = {
  zh: '缺少 unit；应为设备在 Modbus 线路上的单元号',
  en: 'unit is missing; expected the unit number of the device on its Modbus line',
};

export const serialUnit: Words = { zh: ' 1 到 247（串行线路）', en: 'a unit from 1 to 247 on a serial line' };

export const deviceNeedsPassword = (remedy: Words): Words => ({
  zh: `缺少 password；没有密码的设备一律不放行：${remedy.zh}`,
  en: `password is missing; nobody is let in without one: ${remedy.en}`,
});

export const channelMissing: Words = {
  zh: '缺少 channel；一条 ONVIF 线路上有几台设备时靠它区分，只有一台（录像机自身）可以不写',
  en: 'channel is missing; several devices of one ONVIF line are told apart by it, and one alone may do without: the recorder itself',
};

export const senderTellsSeveral = (key: string): Words => ({
  zh: `缺少 ${key}；此型号由一个发送方上报多台设备`,
  en: `${key} is missing; the sender of this model tells of several devices`,
});

export const senderNeedsClient: Words = {
  zh: '此型号由一个发送方替多台设备登录，内置 MQTT 服务器不允许；应为 mqtt-client 线路',
  en: 'the sender of this model logs in for several devices, which the embedded broker lets nobody do; expected a line of mqtt-client',
};

export const channelNumber: Words = { zh: '通道号，从 1 起', en: 'the number of a channel, from 1' };

export const anotherModelBeside = (found: Words, other: string, model: string): Words => ({
  zh: `此处为 ${found.zh}，同一线路上的 ${other} 却是 ${model}；应为同一型号，因为它们共用一路事件流`,
  en: `found ${found.en}, but ${other} on the same line is a ${model}; expected one model, for they share one stream`,
});

export const noSuchChannel = (channel: string, model: string, more: Words): Words => ({
  zh: `${model} 没有通道“${channel}”${more.zh}`,
  en: `"${channel}" is no channel of ${model}${more.en}`,
});

export const hasNoChannels: Words = { zh: '；它没有通道', en: '; it has none' };

export const channelWithoutZone = (channel: string, model: string): Words => ({
  zh: `${model} 的通道 ${channel} 没有防区；应写“${channel}: <防区>”，未接的写“${channel}: false”`,
  en: `channel ${channel} of ${model} has no zone; expected "${channel}: <zone>", or "${channel}: false" where nothing is connected`,
});

export const noSuchPoint = (key: string, model: string, more: Words): Words => ({
  zh: `${model} 没有点“${key}”${more.zh}`,
  en: `"${key}" is no point of ${model}${more.en}`,
});

export const pointWithoutAlarm = (key: string, model: string): Words => ({
  zh: `${model} 的“${key}”本来就不报警，没有可改的；请删去`,
  en: `${model} has no alarm on "${key}", so there is none to change; remove it`,
});

export const pointNotPolled = (key: string, model: string): Words => ({
  zh: `${model} 的“${key}”不轮询；请删去 pollMs`,
  en: `"${key}" of ${model} is not polled; remove pollMs`,
});

export const modelExpected: Words = { zh: ' devices/ 中的型号', en: 'a model of devices/' };

export const otherProtocol = (found: Words, line: string, model: string, speaks: string): Words => ({
  zh: `线路 ${found.zh} 是 ${line}，而 ${model} 用 ${speaks}；应为该协议的线路`,
  en: `line ${found.en} speaks ${line}, but ${model} speaks ${speaks}; expected a line of that protocol`,
});

export const outputExpected: Words = { zh: '该设备的开关量输出', en: 'an on/off output of the device' };

// Limits of a gauge.

export const limitWords = {
  oneBound: {
    zh: '一个限值只写 above 或 below；应写其中一个',
    en: 'a limit says either above or below; expected one of them',
  },
  neverPassed: (key: string, from: number, to: number, limit: number): Words => ({
    zh: `“${key}”的量程是 ${from} 到 ${to}；限值 ${limit} 永远不会越过`,
    en: `"${key}" measures from ${from} to ${to}; a limit of ${limit} is never passed`,
  }),
  clearBeyond: (clear: number, limit: number): Words => ({
    zh: `恢复值 ${clear} 在限值 ${limit} 之外；应在限值之内`,
    en: `it comes back at ${clear}, which is beyond its limit of ${limit}; expected a level inside it`,
  }),
  halfTime: (missing: string): Words => ({
    zh: `缺少 ${missing}；时段要有起止`,
    en: `${missing} is missing; a time of day has a beginning and an end`,
  }),
  gasLatest: (most: number): Words => ({
    zh: `燃气最迟超过 ${most} %LEL 就要报`,
    en: `gas is told above ${most} %LEL at the latest`,
  }),
  gasDwell: (most: number): Words => ({
    zh: `燃气至多等 ${most} 分钟`,
    en: `gas is waited for at most ${most} minute`,
  }),
  noGauge: (key: string): Words => ({
    zh: `“${key}”不是温度、湿度或燃气的模拟量；请删去 limits`,
    en: `"${key}" is no gauge of temperature, humidity or gas; remove limits`,
  }),
  neverAsked: {
    zh: '这一条永远轮不到：前面同一侧、同一级别的那条任何时候都成立',
    en: 'it is never asked: one before it, of the same bound and priority, holds at all times',
  },
} as const;

// Zones, checkpoints, cameras.

export const zoneUnwatched = (found: Words): Words => ({
  zh: `没有设备看守防区 ${found.zh}；请写到某台设备的 zones 里`,
  en: `no device watches zone ${found.en}; name it under a device's zones`,
});

export const chipElsewhere = (found: Words): Words => ({
  zh: `芯片 ${found.zh} 在前面的路线上代表另一个读卡器`,
  en: `the chip ${found.en} stands for another reader on a route above`,
});

export const idOnRoute = (found: Words): Words => ({
  zh: `编号 ${found.zh} 在这条路线上已被占用`,
  en: `the id ${found.en} is taken already on this route`,
});

export const checkpointNeedsReader: Words = {
  zh: '应写读卡器；用巡更棒的地方写芯片：否则没有东西能说明有人到过',
  en: 'expected a reader, or a chip where a baton is held to one: else nothing tells that anybody was there',
};

export const afterPointBefore = (found: Words, planned: number): Words => ({
  zh: `此处为 ${found.zh}，至少应为 ${planned}（前一点位的计划时间）：这条路线有先后顺序`,
  en: `found ${found.en}, expected at least ${planned}, when the point before it is planned: the route is ordered`,
});

export const legTooShort = (found: Words, least: number | undefined): Words => ({
  zh: `此处为 ${found.zh}，至少应为 leastMin（${least}）：没有人走得更快`,
  en: `found ${found.en}, expected at least leastMin, ${least}: nobody walks the leg in less`,
});

export const missedBeforeLate = (found: Words, late: number): Words => ({
  zh: `此处为 ${found.zh}，至少应为 lateMin（${late}）：先迟到，后漏检`,
  en: `found ${found.en}, expected at least lateMin, ${late}: a point is late before it is missed`,
});

export const windowMissing: Words = {
  zh: '缺少：请写在这里，或在 usual 下为整条路线写一次',
  en: 'is missing: give it here, or for all of the route under usual',
};

export const otherSecond: Words = {
  zh: '应与 person 不同，且要写 person',
  en: 'expected another than person, and person to be given',
};

export const noDayBefore: Words = { zh: '不早于 from 的日期', en: 'no day before from' };

export const tooManyClips = (found: number, most: number): Words => ({
  zh: `有 ${found} 台摄像机一直播放，应少于 video.most 的 ${most}`,
  en: `found ${found} cameras that play all the time, expected fewer than the ${most} of video.most`,
});

// Canteen and public screen.

export const listWithinDay: Words = {
  zh: '晚于 from 的时间：检查表在一天之内起止',
  en: 'a time after from: a list begins and ends on one day',
};

export const noSuchGauge = (key: string, model: string, gauges: readonly string[]): Words => ({
  zh: `${model} 没有模拟量“${key}”；它有：${gauges.join('、') || '无'}`,
  en: `"${key}" is no gauge of ${model}; it has ${gauges.join(', ') || 'none'}`,
});
