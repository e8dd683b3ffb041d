/**
 * What the commands say on a terminal: users, cameras, the walk over the chain, the demonstration and the simulation. A
 * terminal shows both languages, Chinese first.
 */
import { roles } from './trade-words.ts';
import { bothLanguages, type Words } from './words.ts';

const both = (zh: string, en: string): string => bothLanguages({ zh, en });

// Users.

export const askAgain = both('再输一次', 'again');
export const askPassword = both('密码', 'password');
export const askCode = both('撤防密码', 'code that disarms');
export const askDuressCode = both('胁迫密码，可空', 'code under force, may be empty');
export const answersDiffer = both('两次输入不一致，未作改动', 'the two answers differ; nothing was changed');
export const mayLogIn = (name: string, role: string): string =>
  both(`${name} 可以登录了`, `${name} may log in as ${role}`);
export const needsNoCode = (name: string): string => both(`${name} 不再需要撤防密码`, `${name} needs no code any more`);
export const codeIsSet = (name: string): string => both(`${name} 的撤防密码已设定`, `the code of ${name} is set`);
export const passwordChanged = (name: string): string =>
  both(`${name} 的密码已更改，登录立即失效`, `the password of ${name} is changed; their sessions have ended`);
export const noPeople = both('还没有用户', 'there is nobody yet');
export const personLine = (name: string, role: keyof typeof roles, marks: readonly string[]): string =>
  [name, both(roles[role].zh, role), ...marks].join('\t');
export const personMarks = {
  kiosk: both('大屏', 'kiosk'),
  pin: both('有撤防密码', 'has a code'),
  disabled: both('已停用', 'disabled'),
} as const;
export const personDisabled = (name: string): string =>
  both(`${name} 已停用，登录立即失效`, `${name} is disabled; their sessions have ended`);
export const personEnabled = (name: string): string => both(`${name} 已恢复使用`, `${name} may log in again`);
export const personRemoved = (name: string): string =>
  both(
    `${name} 已删除，登录立即失效；记录中的姓名不变`,
    `${name} is removed and their sessions have ended; the records keep the name`,
  );

// The backup.

export const backupMade = (path: string, events: number, mb: number): string =>
  both(
    `备份已完成并校验：${path}，日志 ${events} 条，${mb} MB`,
    `backed up and verified: ${path}, ${events} events, ${mb} MB of journal`,
  );
export const backupOutside = (file: string): string =>
  both(
    `未包含配置目录以外的文件 ${file}，请另行备份`,
    `not in it, for it lies outside the configuration's folder: ${file}`,
  );
/** `word`: what stands there and means nothing. */
export const strayWord = (word: string): string =>
  both(
    `看不懂“${word}”：选项以半角 -- 开头，含空格的路径要加引号`,
    `what is "${word}"? Options begin with two plain hyphens, and a path with spaces stands in quotes`,
  );
export const backupFailed = (to: string, why: string): string =>
  both(`没有备份到 ${to}：${why}`, `nothing was backed up to ${to}: ${why}`);
export const backupBroken = (seq: number | undefined, why: Words | undefined): string =>
  both(
    `没有备份：日志在第 ${seq} 条断开：${why?.zh ?? ''}`,
    `no backup was made: the journal is broken at event ${seq}: ${why?.en ?? ''}`,
  );

// Cameras, the chain, the configuration.

export const passwordShared = (readers: readonly string[]): string =>
  both(
    `读卡器 ${readers.join('、')} 用的是同一个密码：谁拿到一个，就能冒充其余各点打卡。请给每个读卡器单独的密码`,
    `the readers ${readers.join(', ')} have one password: whoever has one of them can tell touches of the others. Give each reader a password of its own`,
  );

export const camerasAnswered = (count: number): string => both(`${count} 台摄像头应答`, `${count} camera(s) answered`);
export const chainWhole = (checked: number): string =>
  both(`未发现改动，共 ${checked} 条`, `no change found in ${checked} events`);
export const chainBroken = (seq: number | undefined, why: Words | undefined): string =>
  seq === undefined
    ? both(why?.zh ?? '', why?.en ?? '')
    : both(`断点：第 ${seq} 条：${why?.zh ?? ''}`, `broken at event ${seq}: ${why?.en ?? ''}`);
export const configRefused = (path: string): Words => ({
  zh: `修改后的配置 ${path} 有错误，仍在使用原来的配置；请运行 npm run check-config 查看。`,
  en: `The changed configuration ${path} has errors and the one before stays in force; see npm run check-config.`,
});
export const configErrors = (count: number, path: string): string =>
  both(
    `${path} 有 ${count} 处错误，什么都没有启动或改动`,
    `${count} error(s) in ${path}; nothing was started or changed.`,
  );
export const configRight = (
  path: string,
  sizes: Readonly<Record<'devices' | 'lines' | 'zones' | 'routes', number>>,
): string =>
  both(
    `${path} 正确：设备 ${sizes.devices} 台，线路 ${sizes.lines} 条，防区 ${sizes.zones} 个，路线 ${sizes.routes} 条`,
    `${path} is right. Devices: ${sizes.devices}; lines: ${sizes.lines}; zones: ${sizes.zones}; routes: ${sizes.routes}`,
  );
export const configInForce = (path: string): string => both(`${path} 已生效`, `${path} is in force`);
export const reloadFailed = (why: string): string =>
  both(`没有换用新配置：${why}`, `the configuration was not changed: ${why}`);
export const noGatewayRuns = (dir: string): string =>
  both(`数据目录 ${dir} 上没有正在运行的网关`, `no gateway runs on the data folder ${dir}`);
export const reloadForbidden = (pid: number, code: string): string =>
  both(
    `无权通知网关进程 ${pid}（${code}），请用运行网关的用户执行`,
    `the gateway, process ${pid}, may not be told (${code}); run this as its user`,
  );
export const reloadUnanswered = (pid: number): string =>
  both(
    `已通知网关进程 ${pid}，还没有答复，请看它的日志`,
    `the gateway, process ${pid}, was told and has not answered yet; see its log`,
  );

// Options that will not do.

export const wantsPositive = (option: string): string => both(`${option}：应为正数`, 'expected a positive number');
export const wantsWhole = (option: string): string => both(`${option}：应为整数`, 'expected a whole number');
export const wantsHours = (option: string): string =>
  both(`${option}：应为 0 到 1000 之间的数`, 'expected a number above 0 and up to 1000');
export const wantsOneOf = (option: string, list: string): string =>
  both(`${option}：应为以下之一`, `expected one of ${list}`);

// The demonstration.

/** Who the people of the demonstration are. */
export const demoPeople = {
  duty: roles.operator.zh,
  guard: roles.guard.zh,
  head: roles.head.zh,
  bureau: '教育局',
  installer: roles.integrator.zh,
  boss: roles.admin.zh,
  canteen: roles.canteen.zh,
  cook: '厨师',
  hall: '餐厅屏',
} as const;

export const demoBanner = (url: string, chat: string, users: string, password: string): string => `
Gatehouse ${both('演示：一所模拟学校', 'a simulated school')}

  大屏 wall       ${url}/wall
  报警台 console  ${url}/console
  巡更 patrol     ${url}/patrol
  手机 phone      ${url}/m
  食堂 canteen    ${url}/canteen
  冷库 sensors    ${url}/sensors
  餐厅屏 kitchen  ${url}/kitchen
  设备 health     ${url}/setup
  群聊 group      ${chat}/

  用户 users      ${users}
  密码 password   ${password}

  ${both('请看', 'look at')}: 大屏上的报警与地图；无人确认时群聊里的消息；在报警台确认并关闭；巡更条上漏掉的点；拔掉摄像头时的变化。
  Ctrl-C ${both('结束', 'ends it')}.
`;
export const demoUser = (name: string, title: string): string => `${name}（${title}）`;
export const demoLedger = both('守恒台账', 'conservation ledger (values)');
export const demoTold = both('应报与实报', 'what had to be told');
export const notTold = both('没有报', 'NOT TOLD');
export const demoChain = (checked: number | undefined, broken: number | undefined): string =>
  `${both('日志链', 'hash chain')}: ${broken === undefined ? `✓ ${checked}` : `${both('断点', 'broken at')} ${broken}`}`;

// The simulation.

export const simFailed = both('没有通过', 'failed');
export const simNight = (seed: number, story: string, commit: string, config: string): string =>
  `种子 seed ${seed} · 剧本 story ${story} · 提交 commit ${commit} · 配置 configuration ${config}`;
export const simAgain = (options: string): string => `${both('重现', 'to see it again')}: npm run sim -- ${options}`;
export const uncommitted = '有未提交的改动 + uncommitted changes';
export const unknownCommit = '未知 unknown';
