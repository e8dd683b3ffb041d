/**
 * What other pages say of the guide to the certificate: the way to it. Apart from the guide's own
 * sentences, which a phone need not load for it.
 */
import type { Words } from '../words.ts';

/** The way here, on other pages. */
export const certificateWay: Words = { zh: '手机安装证书', en: 'Install the certificate' };
export const certificateWayNote: Words = {
  zh: '每种手机的图示步骤，不用登录就能打开；把本页地址发给每位保安和老师。',
  en: 'Steps with pictures for each kind of phone, open without logging in: give the address to every guard and teacher.',
};
