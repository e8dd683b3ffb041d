/**
 * Messages of an application of the school in DingTalk (钉钉 企业内部应用的机器人, 单聊): to single persons by their user ids, each in his
 * language, as a card with buttons or as text. Where answers come back the card's first button says, in the name of whoever presses it,
 * what he could write as well. One request a person: one id that is wrong must keep a message from nobody else. Every request needs a
 * token that is had for the application's key and secret. Pictures are left out, and the text says that there is one.
 */
import type { Words } from '../../core/types.ts';
import type { ChannelOptions } from '../../site/schema-channel.ts';
import { acknowledgeBy, howToReply } from '../../words/reach/reply-words.ts';
import {
  chatRefused,
  chatTooFast,
  goButton,
  lookButton,
  openPage,
  pictureElsewhere,
} from '../../words/reach/robot-words.ts';
import type { World } from '../../world/world.ts';
import type { Maker, Recipient, Sending, Verdict } from '../sending/channel.ts';
import { toEach } from '../sending/each-person.ts';
import { jsonHeaders } from '../sending/http-post.ts';
import { AppToken, leftUntil } from './app-token.ts';
import { askChat, type ChatDialect, type Taken } from './chat-answer.ts';
import { beginning, fitting, unmarked, within } from './chat-text.ts';

const host = 'https://api.dingtalk.com';
/** What a message is made of, bytes (help.dingtalk.io, the-robot-sends-a-group-message: 15,000 for groups; of single persons nothing is said). */
const paramMax = 15_000;
/** Bytes of a card's head; a hundred characters are advised. Ours. */
const titleMax = 128;
/** After this code a second's pause is enough (钉钉 调用频率限制, of twenty requests a second). */
const qpsMs = 1_000;

const dialect: ChatDialect = {
  vendor: 'dingtalk',
  fields: ['code', 'errcode'],
  // Such as staffId.notExisted; a secret has digits in it.
  names: { like: /^[A-Za-z]{2,40}(\.[A-Za-z]{2,60}){0,4}$/, success: 'processQueryKey' },
  saying: 'message',
  tooFast: {
    ...{ 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi': qpsMs, 'Forbidden.AccessDenied.QpsLimitForApi': qpsMs },
    ...{ 'send.too.fast': undefined, 'too.many.people': undefined },
  },
  reasons: {
    ...{ invalidClientIdOrSecret: 'app-key', InvalidAuthentication: 'app-key', invalidAuthentication: 'app-key' },
    'Forbidden.AccessDenied.AccessTokenPermissionDenied': 'app-permission',
    'Forbidden.AccessDenied.IpNotInWhiteList': 'exit-address',
    ...{ 'resource.not.found': 'app-robot', 'bot.stopped': 'app-robot' },
    ...{ 'invalidParameter.robotCode.notExsit': 'app-robot', 'invalidParameter.robotCode.auth': 'app-robot' },
    ...{ 'staffId.notExisted': 'nobody-allowed', 'invalidParameter.userIds.empty': 'nobody-allowed' },
    'invalidParameter.msgParam.tooLong': 'too-long',
    ...{ 'invalidParameter.msgParam.invalid': 'malformed', 'invalidParameter.msgKey.invalid': 'malformed' },
  },
};
const tokenDialect: ChatDialect = { ...dialect, names: { ...dialect.names!, success: 'accessToken' } };
const staleCodes: ReadonlySet<string> = new Set(['InvalidAuthentication', 'invalidAuthentication']);

/** What writes a text in the chat with the robot in the name of whoever presses it, in DingTalk's apps (dtmd). */
const saysFor = (text: string): string => `dtmd://dingtalkclient/sendMessage?content=${encodeURIComponent(text)}`;

/** The template of a message and what fills it, as JSON. */
export function dingtalkAppParam(
  { message, picture, numbers = {} }: Sending,
  { person, language }: Pick<Recipient, 'person' | 'language'>,
  form: 'text' | 'card',
): { readonly msgKey: string; readonly msgParam: string } {
  const { link, text, title } = message;
  const number = numbers[person];
  const note = [
    ...(picture === undefined ? [] : [pictureElsewhere[language]]),
    ...(number === undefined ? [] : [howToReply(number)[language].trim()]),
  ].map((line) => `\n${line}`);
  const buttons = [
    ...(number === undefined ? [] : [{ name: goButton[language], url: saysFor(acknowledgeBy(number)[language]) }]),
    ...(link === undefined ? [] : [{ name: lookButton[language], url: link }]),
  ];
  const [first, second] = form === 'card' ? buttons : [];
  if (!first) {
    const tail = [...note, ...(link === undefined ? [] : [`\n${openPage[language]} ${link}`])].join('');
    const made = (room: number) => JSON.stringify({ content: within(text, language, room) + tail });
    return { msgKey: 'sampleText', msgParam: fitting(made, paramMax) };
  }
  const plain: Words = { zh: unmarked(text.zh), en: unmarked(text.en) };
  const made = (room: number) => {
    // A single line end is none in its markdown.
    const shown = (within(plain, language, room) + note.join('')).replaceAll('\n', '\n\n');
    return JSON.stringify({
      ...{ title: beginning(unmarked(title[language]), titleMax), text: shown },
      ...(second
        ? { actionTitle1: first.name, actionURL1: first.url, actionTitle2: second.name, actionURL2: second.url }
        : { singleTitle: first.name, singleURL: first.url }),
    });
  };
  return { msgKey: second ? 'sampleActionCard2' : 'sampleActionCard', msgParam: fitting(made, paramMax) };
}

/** What it means for one person that a message was taken: it names those to whom it does not go after all. */
function personally(id: string, { said }: Taken, userId: string): Verdict {
  const holds = (field: string) => Array.isArray(said[field]) && said[field].includes(userId);
  if (holds('flowControlledStaffIdList')) return { is: 'too-fast', why: chatTooFast(id, 'dingtalk', 'flowControlled') };
  const named = ['invalidStaffIdList', 'filteredStaffIdList'].find(holds);
  if (named === undefined) return { is: 'told' };
  return { is: 'refused', code: named, why: chatRefused(id, 'dingtalk', named, 'nobody-allowed') };
}

function tokenOf({ id, appKey, secret, proxy }: ChannelOptions<'dingtalk-app'>): AppToken {
  return new AppToken({
    id,
    stale: staleCodes,
    ask: (end: number, world: World) => {
      const body = JSON.stringify({ appKey, appSecret: secret });
      const url = `${proxy ?? host}/v1.0/oauth2/accessToken`;
      return askChat({ id, url, headers: jsonHeaders, body, timeoutMs: leftUntil(end, world) }, tokenDialect, world);
    },
    read: ({ accessToken, expireIn }) => ({ token: String(accessToken), seconds: Number(expireIn) }),
  });
}

/** A channel to single persons by an application of DingTalk. */
export const dingtalkApp: Maker<'dingtalk-app'> = (options) => {
  const { id, appKey, robot = appKey, form, proxy, timeoutMs } = options;
  const token = tokenOf(options);
  const url = `${proxy ?? host}/v1.0/robot/oToMessages/batchSend`;
  return async (sending, world) =>
    await toEach(id, 'dingtalk', sending.to, async (recipient, userId) => {
      const end = world.elapsed() + timeoutMs;
      const body = JSON.stringify({
        robotCode: robot,
        userIds: [userId],
        ...dingtalkAppParam(sending, recipient, form),
      });
      const answer = await token.with(end, world, (access) => {
        const headers = { ...jsonHeaders, 'x-acs-dingtalk-access-token': access };
        return askChat({ id, url, headers, body, timeoutMs: leftUntil(end, world) }, dialect, world);
      });
      return answer.is === 'taken' ? personally(id, answer, userId) : answer;
    });
};
