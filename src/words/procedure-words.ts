/**
 * What is done about the common kinds of alarm where the configuration says nothing else, in the words of a control room
 * (drift, weather and duress have no procedure of ours). At most six steps, because nobody follows more with somebody on the
 * fence.
 */
import type { Procedure, ProcedureStep } from '../core/types.ts';
import { safetyProcedures } from './sensor/safety-procedures.ts';

type StepAfter = { readonly yes?: number | 'end'; readonly no?: number | 'end' };

/** A yes or no that must be answered; branches are indexes of steps. */
const decide = (zh: string, en: string, next?: StepAfter): ProcedureStep => ({
  ask: { zh, en },
  answer: 'yes-no',
  must: true,
  ...(next && { next: { ...next } }),
});
const person = (zh: string, en: string): ProcedureStep => ({ ask: { zh, en }, answer: 'person' });
const done = (zh: string, en: string, must = false): ProcedureStep => ({
  ask: { zh, en },
  answer: 'done',
  ...(must && { must }),
});

/** The procedures there are where the configuration says nothing else. */
export const usualProcedures: readonly Procedure[] = [
  ...safetyProcedures,
  {
    id: 'usual-climb',
    title: { zh: '围栏攀爬', en: 'Climbing' },
    kinds: ['climb', 'pull', 'intrusion'],
    steps: [
      decide('看画面：有人吗？', 'Look at the picture: is somebody there?', { no: 4 }),
      done('喊话，开该段照明，盯住去向', 'Call out, switch on the lights there, and watch where he goes'),
      person('派谁去？两人同行', 'Who goes? Two together'),
      decide('人翻进来了吗？翻进来就报 110', 'Did he get in? If so, call the police (110)'),
      decide('现场围栏完好吗？', 'Is the fence whole?', { yes: 'end' }),
      done('派人守住缺口，报修', 'Have the gap guarded and report it for repair', true),
    ],
  },
  {
    id: 'usual-cut',
    title: { zh: '断线、松弛', en: 'Cut or slack wire' },
    kinds: ['cut', 'slack', 'static'],
    steps: [
      decide('看画面：有人吗？', 'Look at the picture: is somebody there?', { no: 2 }),
      done(
        '按翻越处置：喊话、派两人、必要时报 110',
        'Treat it as climbing: call out, send two, police if needed',
        true,
      ),
      person('派谁去看？', 'Who goes to look?'),
      { ask: { zh: '断了几根？没断填 0', en: 'How many wires are cut? 0 for none' }, answer: 'number' },
      decide('能马上修好吗？', 'Can it be mended at once?', { yes: 'end' }),
      done('旁路该防区，派人守到修好', 'Inhibit the zone and have it guarded until it is mended', true),
    ],
  },
  {
    id: 'usual-missed',
    title: { zh: '漏巡', en: 'Missed patrol' },
    kinds: ['missed', 'order'],
    steps: [
      decide('对讲或电话呼叫巡更人：有回答吗？', 'Call the guard: does he answer?', { yes: 2 }),
      person('派谁去找他？', 'Who goes to look for him?'),
      decide('人平安吗？', 'Is he well?', { yes: 4 }),
      done('呼叫 120 或 110，报告保卫负责人', 'Call an ambulance or the police; tell the head of security', true),
      done('漏掉的点已补巡', 'The missed checkpoint was walked after all'),
    ],
  },
  {
    id: 'usual-short-handed',
    title: { zh: '护学岗缺岗', en: 'Post short-handed' },
    kinds: ['short-handed'],
    steps: [
      decide('看画面、呼叫岗上：人都在，只是没刷卡吗？', 'Look, and call the post: all there, only not touched?', {
        yes: 3,
      }),
      person('派谁去补岗？', 'Who takes the empty place?'),
      done('补岗的人到之前，校门口有人看着', 'Somebody watches the gate until then', true),
      done('已补刷卡', 'They have touched now'),
    ],
  },
  {
    id: 'usual-camera',
    title: { zh: '摄像头离线、遮挡', en: 'Camera offline or covered' },
    kinds: ['comms', 'masked', 'motion', 'fault', 'power'],
    family: 'camera',
    steps: [
      decide('打电话给现场（食堂先问后厨）：停电了吗？', 'Call the place (the kitchen first): is the power off?', {
        yes: 3,
      }),
      decide('镜头被挡住或碰歪了吗？', 'Is it covered or knocked aside?', { yes: 4 }),
      decide('重新插拔网线和电源后恢复了吗？', 'Back after replugging network and power?', { yes: 'end' }),
      done('已报修，登记离线时间', 'Reported for repair, and the time written down', true),
      done('恢复前现场有人看管；挡住的已挪开', 'Somebody stays there until it is back; what covered it was moved'),
    ],
  },
  {
    id: 'usual-comms',
    title: { zh: '设备失联、断电、故障', en: 'Device lost, without power or faulty' },
    kinds: ['comms', 'power', 'fault'],
    steps: [
      decide('同一条线上别的设备也失联吗？', 'Are others on the same line lost too?', { yes: 2 }),
      decide('现场看：设备有电、灯正常吗？', 'On the spot: has it power, are its lights as usual?'),
      done('检查交换机、串口服务器和电源', 'Check switch, serial server and power supply'),
      person('恢复前派谁加巡该段？', 'Who patrols there until it is back?'),
      done('已报修', 'Reported for repair', true),
    ],
  },
  {
    id: 'usual-sos',
    title: { zh: '求助 SOS', en: 'Call for help' },
    kinds: ['sos'],
    steps: [
      person('派最近的谁去？', 'Who is nearest and goes?'),
      decide('联系求助人：有回答吗？', 'Call whoever asked for help: any answer?'),
      decide('需要 110 或 120 吗？', 'Police or an ambulance needed?', { no: 4 }),
      done('已拨打，校门口有人接应', 'Called, and somebody waits at the gate to lead them', true),
      decide('人平安吗？', 'Is everybody well?'),
      done('已报告值班领导', 'The head on duty knows'),
    ],
  },
  {
    id: 'usual-tamper',
    title: { zh: '防拆', en: 'Tampering' },
    kinds: ['tamper'],
    steps: [
      decide('有登记的维护吗？', 'Is there maintenance that was announced?', { yes: 3 }),
      decide('看画面：有人在动设备吗？', 'Look at the picture: is somebody at the device?'),
      person('派谁去看？', 'Who goes to look?'),
      decide('盖板完好、已合上吗？', 'Is the housing whole and closed?', { yes: 'end' }),
      done(
        '报修，合上前该防区停用或派人守',
        'Report it; until it is closed take the zone out of service or guard it',
        true,
      ),
    ],
  },
];
