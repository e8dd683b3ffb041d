/**
 * What the district says at its door, and of its officers. It must never tell whether a name exists to whoever has not logged in.
 */
import type { Words } from '../words.ts';

export const storeFails: Words = {
  zh: '区平台的数据库暂时不能用，请稍后再试；若持续，请联系管理员。学校照常工作。',
  en: 'The district’s database is not working just now; try again later, or call the administrator. Schools work on.',
};

export const wrongCode: Words = {
  zh: '验证码不正确或已用过，请等手机上出现下一个再输入。',
  en: 'The code is not right or was used before; wait for the next one on your phone.',
};
export const codeAgain: Words = {
  zh: '二维码已过期或已被使用，请重新登录。',
  en: 'The QR code is out of date or was used; log in anew.',
};
export const samePassword: Words = {
  zh: '新密码不能与旧密码相同。',
  en: 'The new password must not be the old one.',
};
export const oldPasswordWrong: Words = {
  zh: '现在的密码不正确。',
  en: 'The present password is not right.',
};
export const passwordElsewhere: Words = {
  zh: '您用统一身份认证登录，密码在那里修改。',
  en: 'You sign in with the bureau’s account; its password is changed there.',
};
export const noSuchOfficer: Words = {
  zh: '没有这名人员。',
  en: 'There is no such officer.',
};
export const officerTaken: Words = {
  zh: '用户名或统一认证标识已被使用。',
  en: 'The name, or what the single sign-on says, is somebody’s already.',
};
export const lastAdmin: Words = {
  zh: '这是最后一名可登录的管理员，不能停用或改角色。请先增加另一名管理员。',
  en: 'This is the last administrator who can log in. Add another one first.',
};
export const officerNameWrong: Words = {
  zh: '用户名为 1–40 个字母、数字或 . _ -。',
  en: 'A name has 1 to 40 letters, digits or . _ -.',
};
export const roleUnknown = (role: string, roles: string): Words => ({
  zh: `没有角色“${role}”；可用：${roles}。`,
  en: `There is no role "${role}"; there are ${roles}.`,
});
export const schoolTaken: Words = {
  zh: '这个学校代码已被使用。如果是退出过的学校，请在它那一行点“重新加入”。',
  en: 'There is a school with this code already. One that left joins again on its own line.',
};
export const noSuchKey: Words = {
  zh: '没有这把密钥，或已作废。',
  en: 'There is no such key, or it was withdrawn before.',
};
export const keysEnough: Words = {
  zh: '这所学校已有 5 把有效密钥，请先作废不用的。',
  en: 'This school has five keys that count; withdraw those it does not use first.',
};
export const schoolNotHeld: Words = {
  zh: '这所学校没有被隔离，无需处理。',
  en: 'This school is not held; there is nothing to decide.',
};
export const schoolHasLeft: Words = {
  zh: '这所学校已退出。',
  en: 'This school has left.',
};

export const schoolIsHere: Words = {
  zh: '这所学校没有退出，无需重新加入。',
  en: 'This school has not left; it need not join again.',
};

// Single sign-on.

export const issuerAway: Words = {
  zh: '统一认证没有应答，请稍后再试，或用用户名和密码登录。',
  en: 'The single sign-on did not answer; try again later, or use a name and a password.',
};
export const claimUnknown: Words = {
  zh: '统一认证的这个身份未在区平台登记，请联系管理员。',
  en: 'The single sign-on knows you, the district does not: ask the administrator.',
};
export const signOnBroken: Words = {
  zh: '统一认证未完成，请从登录页重新开始。',
  en: 'The single sign-on was not completed; begin again at the log-in page.',
};
export const goOn: Words = { zh: '登录成功，继续', en: 'Logged in, go on' };
