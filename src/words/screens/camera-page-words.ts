/** What the page of cameras' pictures says, Chinese first: what is seen, what it is held against, and when it is learned anew. A picture is never described. */
import type { Words } from '../words.ts';

export const cameraPage = {
  intro: {
    zh: '网关约每 30 秒看一次每台摄像机的静态图，与学好的基准画面比较。摄像机自己的报警另算，两者分开记录。',
    en: 'About every 30 s the gateway looks at a still of each camera and holds it against a learned reference. What a camera says itself is kept apart.',
  },
  none: {
    zh: '没有判断画面的摄像机。配置文件里写上 cameras 一节，网关才看画面。',
    en: 'No camera is judged. The gateway looks at pictures once the configuration has a part named cameras.',
  },
  seen: { zh: '看得见', en: 'Seen' },
  unseen: { zh: '看不见', en: 'Not seen' },
  notYet: {
    zh: '还不清楚：没有看过，或画面里看不出东西',
    en: 'Not known yet: not looked at, or nothing can be made out',
  },
  noStills: { zh: '不清楚：这路接入不提供静态图', en: 'Unknown: its line gives no stills' },
  unconfirmed: { zh: '自动学的，尚无人确认', en: 'by itself, no person has confirmed it' },
  since: { zh: '{time} 起', en: 'since {time}' },
  lastStill: { zh: '最近一张', en: 'Last still' },
  noStill: { zh: '取不到画面：{why}', en: 'No picture: {why}' },
  taken: { zh: '{span}前', en: '{span} ago' },
  references: { zh: '基准画面', en: 'References' },
  notLearned: { zh: '未学', en: 'not learned' },
  learnedAt: { zh: '{time} 学好', en: 'learned {time}' },
  learning: { zh: '正在学：{stills} / {of} 张', en: 'learning: {stills} of {of} stills' },
  figures: { zh: '判断依据', en: 'Figures' },
  relearn: { zh: '重新学习', en: 'Learn anew' },
  relearnWhy: {
    zh: '只有看过画面、确认镜头没有被遮挡或挪动，才按重新学习。基准画面不会自己变。',
    en: 'Only after looking at the picture, and sure that nothing covers the lens and it looks where it should. A reference never changes by itself.',
  },
  reason: { zh: '看到了什么、为什么重新学', en: 'What was seen, and why anew' },
} as const satisfies Record<string, Words>;

/** What each figure of a still is. */
export const figureNames: Readonly<Record<string, Words>> = {
  mean: { zh: '亮度', en: 'brightness' },
  stdev: { zh: '反差', en: 'contrast' },
  fine: { zh: '细节', en: 'detail' },
  match: { zh: '与基准相符', en: 'agrees with the reference' },
  flat: { zh: '空白面积', en: 'share that is empty' },
  kept: { zh: '不变面积', en: 'share that is the same' },
  white: { zh: '发白面积', en: 'share that is white' },
  crisp: { zh: '清晰度（基准为 1）', en: 'crispness (reference 1)' },
  stir: { zh: '与上一张不同', en: 'share that changed' },
};
