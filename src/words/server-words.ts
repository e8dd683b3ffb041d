/**
 * What the server says when it cannot start or cannot do what was asked. It must never tell a path of the inside, whether a
 * name exists, or a secret.
 */
import type { Words } from './words.ts';

// Accounts, passwords and codes.

export const passwordShort = (min: number): Words => ({
  zh: `密码至少 ${min} 位。`,
  en: `A password needs at least ${min} characters.`,
});

export const passwordLong = (max: number): Words => ({
  zh: `密码最多 ${max} 位。`,
  en: `A password has at most ${max} characters.`,
});

export const passwordHoldsName: Words = {
  zh: '密码不能包含用户名。',
  en: 'A password must not contain the name of the user.',
};

export const passwordRepeats: Words = {
  zh: '密码重复字符过多。',
  en: 'A password needs at least four different characters.',
};

export const usersUnreadable = (path: string, detail: string): Words => ({
  zh: `读不到用户文件 ${path}，沿用上次的用户。`,
  en: `The users file ${path} cannot be read (${detail}); the people known before still count.`,
});

export const nameWrong = (name: string): Words => ({
  zh: `用户名“${name}”无效：1–40 个字母、数字或 . _ -。`,
  en: `The name "${name}" will not do: 1 to 40 letters, digits or . _ -.`,
});

export const nameTaken = (name: string): Words => ({
  zh: `用户名“${name}”由系统使用，请换一个。`,
  en: `The name "${name}" is what the records call the gateway itself; take another.`,
});

export const codeLength = (min: number, max: number): Words => ({
  zh: `撤防密码为 ${min}–${max} 位数字。`,
  en: `A code has ${min} to ${max} digits.`,
});

export const codeTooEasy: Words = {
  zh: '撤防密码不能是同一数字或连续数字。',
  en: 'A code must not be one digit repeated, nor digits in a row.',
};

export const duressAlone: Words = {
  zh: '没有撤防密码就不能设胁迫密码。',
  en: 'A code under force needs an ordinary one beside it.',
};

export const duressSame: Words = {
  zh: '胁迫密码不能与撤防密码相同。',
  en: 'The code under force must differ from the ordinary one.',
};

export const noUser = (name: string): Words => ({ zh: `没有用户“${name}”。`, en: `There is no user "${name}".` });

export const codeNeeded: Words = { zh: '请输入撤防密码。', en: 'Your code is needed for this.' };

export const usersNotJson = (path: string): Words => ({
  zh: `用户文件 ${path} 不是有效的 JSON。`,
  en: `The users file ${path} is not valid JSON.`,
});

export const usersWrong = (path: string, zh: string, en: string): Words => ({
  zh: `用户文件 ${path} 内容有误：${zh}`,
  en: `The users file ${path} is wrong: ${en}`,
});

export const usersOpen = (path: string): Words => ({
  zh: `用户文件 ${path} 可被其他用户读取，请执行 chmod 600 ${path}。`,
  en: `The users file ${path} can be read by others; run chmod 600 ${path}.`,
});

export const usersFileUnreadable = (path: string): Words => ({
  zh: `读不到用户文件 ${path}，请检查它是否存在以及权限。`,
  en: `The users file ${path} cannot be read; check that it exists and who may read it.`,
});

export const usersFileUnwritable = (path: string, code: string): Words => ({
  zh: `用户文件 ${path} 写不进去（${code}），什么都没有改动：请检查磁盘空间，并用网关所用的用户运行。`,
  en: `The users file ${path} cannot be written (${code}) and nothing was changed; check the room on the disk, and run this as the user the gateway runs as.`,
});

export const tooManyLogins: Words = { zh: '登录请求过多，请稍后再试。', en: 'Too many log-ins at once; try again.' };

export const wrongLogin: Words = { zh: '用户名或密码不正确。', en: 'The name or the password is not right.' };

// Starting to listen.

export const secureOnly: Words = {
  zh: '这里只用加密连接：请在网址前写 https://',
  en: 'Only encrypted connections are served here: write https:// before the address.',
};
export const plainPortClosed = (port: number, code: string): Words => ({
  zh: `端口 ${port} 打不开（${code}）：手机上只输地址、不写 https:// 的，不会自动转过来。`,
  en: `Port ${port} cannot be had (${code}): whoever types the address without https:// is not sent on.`,
});

export const pairUnusable: Words = {
  zh: 'TLS 证书或私钥无法使用，请检查两者均为 PEM 格式且相互匹配。',
  en: 'The TLS certificate or key cannot be used; check that both are PEM and belong together.',
};

export const secretShort: Words = {
  zh: '会话密钥太短：至少 32 字节。',
  en: 'The secret of the session cookies is too short: it needs at least 32 bytes.',
};

export const originWrong = (origin: string): Words => ({
  zh: `origins 中的“${origin}”无效，应形如 https://wall.school.example。`,
  en: `"${origin}" in origins will not do; write it like https://wall.school.example.`,
});

export const portTaken = (place: string): Words => ({
  zh: `端口 ${place} 已被占用，请停止占用它的程序或改用其他端口。`,
  en: `Port ${place} is taken; stop what uses it or choose another port.`,
});

export const portForbidden = (place: string): Words => ({
  zh: `没有权限监听 ${place}，请改用 1024 以上的端口。`,
  en: `Listening on ${place} is not permitted; choose a port above 1024.`,
});

export const listenFailed = (place: string, detail: string): Words => ({
  zh: `无法监听 ${place}（${detail}），请检查地址。`,
  en: `Listening on ${place} failed (${detail}); check the address.`,
});

// What was asked.

export const cursorWrong: Words = { zh: '翻页位置无效，请从头查询。', en: 'The cursor is not valid; start over.' };

export const periodEmpty: Words = { zh: '开始时间必须早于结束时间。', en: 'The period must begin before it ends.' };

export const periodTooLong = (days: number): Words => ({
  zh: `一次最多统计 ${days} 天，请缩短时间。`,
  en: `At most ${days} days at once; choose a shorter period.`,
});

export const notKept: Words = {
  zh: '记录暂时无法写入，操作尚未生效；恢复后可能生效，请查看系统状态。',
  en: 'The journal cannot be written now, so this has not taken effect; it may once the journal recovers. See the health view.',
};

export const checkRuns: Words = { zh: '校验正在进行，请稍候。', en: 'The check is running already; please wait.' };

export const rangeWrong: Words = {
  zh: '时间范围不正确：结束须晚于开始，且最多 8 天。',
  en: 'The time will not do: it must end after it begins, and last eight days at most.',
};

export const replayRuns: Words = { zh: '另一个重放正在进行，请稍候。', en: 'Another replay is running; please wait.' };

export const loginFirst: Words = { zh: '请先登录。', en: 'Please log in first.' };

export const noRight: Words = { zh: '您的账号没有这项权限。', en: 'Your account does not have the right to do this.' };

export const foreignOrigin: Words = {
  zh: '请求不是来自本系统的页面，已拒绝。如经反向代理访问，请在配置的 origins 中加入其地址。',
  en: 'The request does not come from a page of this system. Behind a reverse proxy, add its address to origins.',
};

export const noSuchAddress: Words = { zh: '没有这个地址或记录。', en: 'There is no such address or record.' };

export const jsonOnly: Words = { zh: '只接受 application/json。', en: 'Only application/json is accepted.' };

export const busy: Words = { zh: '系统正忙，请稍后再试。', en: 'The gateway is busy; please try again in a moment.' };

export const tooOften: Words = { zh: '操作过于频繁，请稍后再试。', en: 'Too many requests; please try again later.' };

export const requestWrong = (where: string): Words => ({
  zh: `请求内容不正确：${where}`,
  en: `The request is not as expected: ${where}`,
});

export const requestTooLarge: Words = { zh: '请求内容过大。', en: 'The body of the request is too large.' };

export const requestMalformed: Words = {
  zh: '请求无法读取：不是有效的 JSON 或格式有误。',
  en: 'The request cannot be read: it is not valid JSON or is malformed.',
};

export const insideError: Words = {
  zh: '系统内部出错，详情见日志。',
  en: 'Something went wrong inside the gateway; the log has the details.',
};

/** Shown in place of every page until they are built. */
export const unbuiltPage = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>Gatehouse</title>
<h1>页面尚未构建</h1><p>请运行 <code>npm run build</code>，然后刷新。</p>
<h1>The pages are not built</h1><p>Run <code>npm run build</code>, then reload.</p></html>`;

export const toFirstPage: Words = { zh: '回到首页', en: 'Back to the first page' };
