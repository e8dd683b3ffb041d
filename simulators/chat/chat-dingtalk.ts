/**
 * The robot of a DingTalk group as its servers behave: the signature of the address, its hour, keywords, the length of a request
 * and twenty messages a minute, after which ten minutes nothing is taken. And an application of a school, whose newer servers refuse by
 * status and by names in place of numbers: tokens, who may see it, the templates of its messages, twenty requests a second.
 */
import { createHmac, randomBytes } from 'node:crypto';
import {
  bytesOf,
  type ChatAsked,
  ChatPace,
  type ChatReply,
  type DingtalkAccount,
  parsed,
  partOf,
  type RobotAccount,
  textAt,
  textsAt,
} from './chat-types.ts';

const hourMs = 3_600_000;
const bodyMax = 20_000;

const no = (errcode: number, errmsg: string): ChatReply => ({ said: { errcode, errmsg } });
const guard = (what: string) => no(310000, `${what}, more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]`);

export class DingtalkGroup {
  readonly #account: RobotAccount;
  readonly #pace = new ChatPace(20, 60_000, 600_000);

  constructor(account: RobotAccount) {
    this.#account = account;
  }

  send(asked: ChatAsked): ChatReply {
    const { query, body, now } = asked;
    const token = query.get('access_token') ?? '';
    if (token !== this.#account.key) return no(300001, 'token is not exist');
    const wrong = this.#signatureOf(asked);
    if (wrong) return guard(wrong);
    if (!this.#pace.lets(token, now)) return no(130101, 'send too fast, exceed 20 times per minute');
    const json = parsed(body);
    if (json === undefined || bytesOf(body) > bodyMax) return no(40035, 'missing parameter json');
    const form = textAt(json, 'msgtype');
    const text = form === 'actionCard' ? textAt(json, form, 'text') : textAt(json, form, 'content');
    if (!['text', 'actionCard'].includes(form)) return no(400105, 'unsupported msgtype');
    const { keywords } = this.#account;
    if (keywords && !keywords.some((word) => text.includes(word))) return guard('keywords not in content');
    const link = textAt(json, 'actionCard', 'singleURL');
    const rings = [...textsAt(json, 'at', 'atMobiles'), ...(partOf(json, 'at', 'isAtAll') === true ? ['@all'] : [])];
    const message = { at: now, kind: 'dingtalk-robot', form, text, rings, ...(link && { link }) } as const;
    return { said: { errcode: 0, errmsg: 'ok' }, message };
  }

  /** What is wrong with the signature; undefined where nothing is, or none is asked for. */
  #signatureOf({ query, now }: ChatAsked): string | undefined {
    const { secret } = this.#account;
    if (secret === undefined) return undefined;
    const timestamp = query.get('timestamp') ?? '';
    if (!(Math.abs(now - Number(timestamp)) <= hourMs)) return 'invalid timestamp';
    const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
    return query.get('sign') === sign ? undefined : 'sign not match';
  }
}

const paramMax = 15_000;
const denied = (status: number, code: string, message: string): ChatReply => ({
  status,
  said: { code, requestid: randomBytes(16).toString('hex').toUpperCase(), message },
});
/** Which fields the templates have, and none but these: what is on the buttons, and where they lead. */
const templates: Readonly<Record<string, readonly string[]>> = {
  sampleText: ['content'],
  sampleActionCard: ['title', 'text', 'singleTitle', 'singleURL'],
  sampleActionCard2: ['title', 'text', 'actionTitle1', 'actionURL1', 'actionTitle2', 'actionURL2'],
};
const written = 'dtmd://dingtalkclient/sendMessage?content=';

export class DingtalkSchool {
  readonly #account: DingtalkAccount;
  readonly #tokens = new Map<string, number>();
  readonly #second = new ChatPace(20, 1_000);
  readonly #each = new ChatPace(60, 60_000);

  constructor(account: DingtalkAccount) {
    this.#account = account;
  }

  /** Tokens that were given are no longer good. */
  forgetTokens(): void {
    this.#tokens.clear();
  }

  token({ body, now }: ChatAsked): ChatReply {
    const { appKey, secret, tokenSeconds } = this.#account;
    const json = parsed(body);
    if (textAt(json, 'appKey') !== appKey || textAt(json, 'appSecret') !== secret)
      return denied(400, 'invalidClientIdOrSecret', '无效的clientId或者clientSecret');
    const accessToken = randomBytes(16).toString('hex');
    this.#tokens.set(accessToken, now + tokenSeconds * 1_000);
    return { said: { accessToken, expireIn: tokenSeconds } };
  }

  send({ headers, body, now }: ChatAsked): ChatReply {
    const { robot, users, allowed, published } = this.#account;
    const until = this.#tokens.get(String(headers['x-acs-dingtalk-access-token'] ?? ''));
    if (until === undefined || now >= until) return denied(401, 'InvalidAuthentication', '不合法的access_token');
    if (!allowed)
      return denied(
        403,
        'Forbidden.AccessDenied.AccessTokenPermissionDenied',
        '应用尚未开通所需的权限：[qyapi_robot_sendmsg]',
      );
    if (!this.#second.lets('', now)) return denied(403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', 'qps limit');
    const json = parsed(body);
    if (!published || textAt(json, 'robotCode') !== robot) return denied(400, 'resource.not.found', 'robot 不存在');
    const [form, raw, userIds] = [textAt(json, 'msgKey'), textAt(json, 'msgParam'), textsAt(json, 'userIds')];
    const param = parsed(raw);
    const fields = templates[form];
    if (fields === undefined) return denied(400, 'invalidParameter.msgKey.invalid', 'msgKey无效');
    if (bytesOf(raw) >= paramMax) return denied(400, 'invalidParameter.msgParam.tooLong', 'msgParam过长');
    const names = Object.keys(typeof param === 'object' && param !== null ? param : {});
    if (names.toSorted().join() !== [...fields].sort().join() || fields.some((field) => textAt(param, field) === ''))
      return denied(400, 'invalidParameter.msgParam.invalid', 'msgParam无效');
    if (userIds.length === 0 || userIds.length > 20) return denied(400, 'invalidParameter.userIds.overMax', 'userIds');
    const may = userIds.filter((id) => users.includes(id));
    if (may.length === 0) return denied(400, 'staffId.notExisted', '员工不存在');
    const flowControlledStaffIdList = may.filter((id) => !this.#each.lets(id, now));
    const rings = may.filter((id) => !flowControlledStaffIdList.includes(id));
    const invalidStaffIdList = userIds.filter((id) => !users.includes(id));
    const said = { processQueryKey: randomBytes(16).toString('base64'), flowControlledStaffIdList, invalidStaffIdList };
    if (rings.length === 0) return { said };
    const links = ['singleURL', 'actionURL1', 'actionURL2'].map((field) => textAt(param, field)).filter(Boolean);
    const button = links.find((url) => url.startsWith(written))?.slice(written.length);
    const link = links.find((url) => url.startsWith('http'));
    const text =
      form === 'sampleText' ? textAt(param, 'content') : `${textAt(param, 'title')}\n${textAt(param, 'text')}`;
    return {
      said,
      message: {
        ...{ at: now, kind: 'dingtalk-app', form, text, rings },
        ...(link !== undefined && { link }),
        ...(button !== undefined && { button: decodeURIComponent(button) }),
      },
    };
  }
}
