/**
 * What is done first when there is fire, gas, water or a cold store that is warm, where the configuration says nothing else. The order is
 * that of the trade: people before things, and a telephone call before any look into a screen.
 */
import type { Procedure, ProcedureStep } from '../../core/types.ts';

const done = (zh: string, en: string): ProcedureStep => ({ ask: { zh, en }, answer: 'done', must: true });
const decide = (
  zh: string,
  en: string,
  next?: { readonly yes?: number | 'end'; readonly no?: number | 'end' },
): ProcedureStep => ({
  ...{ ask: { zh, en }, answer: 'yes-no', must: true },
  ...(next && { next }),
});
const person = (zh: string, en: string): ProcedureStep => ({ ask: { zh, en }, answer: 'person' });

export const safetyProcedures: readonly Procedure[] = [
  {
    id: 'usual-fire',
    title: { zh: '火警', en: 'Fire' },
    kinds: ['fire'],
    steps: [
      person(
        '两人带对讲机和灭火器去火警控制器和报警部位，谁去？',
        'Two go to the panel and the place with radio and extinguisher: who?',
      ),
      decide('确认是火吗？看不清就当作是', 'Is it fire? If in doubt, yes', { no: 5 }),
      done(
        '拨打 119：校名、地址、部位、烧什么、有没有人被困',
        'Call 119: school, address, where, what burns, anybody trapped',
      ),
      done('组织疏散、清点人数；不坐电梯', 'Evacuate and count everybody; no lifts'),
      done(
        '打开校门和消防通道，派人路口接车；报告校领导',
        'Open gate and fire lane, send somebody to meet the engines; tell the head',
      ),
      decide(
        '误报：原因已查清、控制器已由消控人员复位吗？',
        'No fire: cause known, and the panel reset by its own staff?',
      ),
    ],
  },
  {
    id: 'usual-gas',
    title: { zh: '燃气泄漏', en: 'Gas leak' },
    kinds: ['gas'],
    steps: [
      done(
        '电话通知后厨：停火、不开关任何电器、人员撤出',
        'Call the kitchen: fires out, touch no switch, everybody out',
      ),
      done('关燃气总阀；开门窗通风，不开风机', 'Close the main gas valve; open doors and windows, start no fan'),
      person('派谁在门口警戒、不让人进？', 'Who keeps people out?'),
      decide('气味明显、浓度还在升，或有人不适吗？', 'Strong smell, level still rising, or somebody unwell?', {
        no: 5,
      }),
      done('在安全处拨打 119 和燃气抢修电话', 'From a safe place call 119 and the gas company'),
      decide(
        '专业人员检查、浓度归零后才恢复用气：已确认吗？',
        'Checked by a professional and the level at zero before gas is used again?',
      ),
    ],
  },
  {
    id: 'usual-water',
    title: { zh: '漏水', en: 'Water leak' },
    kinds: ['water'],
    steps: [
      person('派谁去看？注意触电', 'Who goes to look? Mind electricity'),
      decide('找到漏点、关阀了吗？', 'Is the leak found and its valve closed?', { yes: 3 }),
      done('关总阀；积水处断电', 'Close the main valve; cut the power where water stands'),
      done('清水、报修；食材泡水的一律不用', 'Clear the water and report it; food that got wet is not used'),
    ],
  },
  {
    id: 'usual-temperature',
    title: { zh: '冷库、冷藏温度超限', en: 'Cold store out of its limits' },
    kinds: ['temperature'],
    steps: [
      decide('打电话给食堂：库门关好了吗？', 'Call the canteen: is the door shut?', { yes: 2 }),
      done('关好库门，盯 15 分钟看温度回落', 'Shut it and watch for 15 minutes that it falls'),
      decide('机组在运行、没有跳闸、没有结霜堵死吗？', 'Does the unit run, not tripped, not iced up?', { yes: 4 }),
      done('报修制冷；需要时把食材转到别的库', 'Have it repaired; move the food to another store where needed'),
      { ask: { zh: '食材中心温度是多少 °C？', en: 'Core temperature of the food, °C?' }, answer: 'number' },
      done('食堂管理员决定留用或销毁，并记录', 'The canteen manager keeps or destroys the food, and writes it down'),
    ],
  },
];
